#ifndef PROCESSOR_H
#define PROCESSOR_H

#include "CPixels.h"

#if defined(__x86_64__)
#define HAS_AVX2_CODE 1
#include <immintrin.h>
/// Code for processors with AVX2 and fused multiplication and addition, even if the file is built for others.
#define AVX2 __attribute__((target("avx2,fma")))
#endif

#endif
