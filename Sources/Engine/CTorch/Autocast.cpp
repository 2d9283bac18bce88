#include "AutocastMode.h"
#include "Border.h"

using namespace border;

int ct_autocast_dtype(int index) {
  return answer(-1, [&] {
    const AutocastMode mode(device(index).type());
    return mode.enabled ? static_cast<int>(mode.dtype) : -1;
  });
}

int ct_set_autocast(int index, int dtype) {
  return guard([&] {
    AutocastMode mode(device(index).type());
    mode.enabled = dtype >= 0;
    if (mode.enabled) mode.dtype = static_cast<at::ScalarType>(dtype);
    mode.enter();
  });
}
