#include <ATen/autocast_mode.h>

#include "Border.h"

using namespace border;

bool ct_autocast_enabled(int index) {
  return at::autocast::is_autocast_enabled(device(index).type());
}

int ct_autocast_dtype(int index) {
  const auto type = device(index).type();
  if (!at::autocast::is_autocast_enabled(type)) return -1;
  return static_cast<int>(at::autocast::get_autocast_dtype(type));
}

int ct_enable_autocast(int index, bool enabled, int dtype) {
  return guard([&] {
    const auto type = device(index).type();
    if (enabled) at::autocast::set_autocast_dtype(type, static_cast<at::ScalarType>(dtype));
    at::autocast::set_autocast_enabled(type, enabled);
    // A cast weight must not outlive the step that changes the weight.
    if (!enabled) at::autocast::clear_cache();
  });
}
