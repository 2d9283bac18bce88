#include "Processor.h"

cpx_instructions cpx_offered(void) {
#ifdef HAS_AVX2_CODE
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return cpx_plain;
  const bool has_avx512 =
      __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi") &&
      __builtin_cpu_supports("avx512vnni");
  return has_avx512 ? cpx_avx512 : cpx_avx2;
#else
  return cpx_plain;
#endif
}
