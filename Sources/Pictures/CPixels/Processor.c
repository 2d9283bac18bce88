#include "Processor.h"

bool cpx_is_available(void) {
#ifdef HAS_AVX2_CODE
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return false;
#endif
}
