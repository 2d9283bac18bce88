#ifndef PROCESSOR_H
#define PROCESSOR_H

#include "CPixels.h"

#if defined(__x86_64__)
#define HAS_AVX2_CODE 1
#include <immintrin.h>
/// Code for processors with AVX2 and fused multiplication and addition, even if the file is built for others.
#define AVX2 __attribute__((target("avx2,fma")))
/// The same for those that `cpx_avx512` means.
#define AVX512 \
  __attribute__((target("avx2,fma,avx512f,avx512vl,avx512bw,avx512vbmi,avx512vnni")))
#endif

/// Whether loops for AVX2 can run.
static inline bool has_avx2(void) { return cpx_offered() >= cpx_avx2; }

#endif
