#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>
#include <cstring>
#include <utility>

#include "Instructions.h"

// Vectors of numbers, and which instructions of the processor compute them. Code is written once, for vectors of any length, and
// compiled for each of the instruction sets; one is chosen while the program runs.

#define ALWAYS_INLINE __attribute__((always_inline))
#define VECTOR_INLINE static inline ALWAYS_INLINE

namespace vectors {

typedef float Lane8 __attribute__((vector_size(32)));
typedef float Lane16 __attribute__((vector_size(64)));

template <typename Lane>
constexpr int width = sizeof(Lane) / sizeof(float);

// By reference: vectors wider than the processor's registers have no place in calls.

template <typename Lane>
VECTOR_INLINE void load(const float *place, Lane &out) {
  std::memcpy(&out, place, sizeof out);
}

/// The same of numbers in bfloat16: the upper halves of float32.
template <typename Lane>
VECTOR_INLINE void load(const c10::BFloat16 *place, Lane &out) {
  typedef uint16_t Halves __attribute__((vector_size(sizeof(Lane) / 2)));
  typedef uint32_t Words __attribute__((vector_size(sizeof(Lane))));
  Halves halves;
  std::memcpy(&halves, place, sizeof halves);
  const Words words = __builtin_convertvector(halves, Words) << 16;
  std::memcpy(&out, &words, sizeof out);
}

template <typename Lane>
VECTOR_INLINE void store(const Lane &value, float *place) {
  std::memcpy(place, &value, sizeof value);
}

template <int step, typename Lane, int... index>
VECTOR_INLINE void exchange(Lane &a, Lane &b, std::integer_sequence<int, index...>) {
  const Lane first = __builtin_shufflevector(
      a, b, ((index & step) ? width<Lane> + index - step : index)...);
  b = __builtin_shufflevector(a, b, ((index & step) ? width<Lane> + index : index + step)...);
  a = first;
}

/// The transpose of a square of numbers, a vector for each row: blocks change places across the diagonal, larger ones first.
template <typename Lane, int step = width<Lane> / 2>
VECTOR_INLINE void transpose(Lane *rows) {
  for (int i = 0; i < width<Lane>; i++) {
    if (i & step) continue;
    exchange<step>(rows[i], rows[i + step], std::make_integer_sequence<int, width<Lane>>());
  }
  if constexpr (step > 1) transpose<Lane, step / 2>(rows);
}

/// Stands for a type of vectors.
template <typename Type>
struct Of {
  using Lane = Type;
};

#if defined(__x86_64__)
template <typename Body>
__attribute__((target("avx2,fma,avx512f,avx512vl,avx512bw,avx512dq"))) void run_avx512(const Body &body) {
  body(Of<Lane16>());
}

template <typename Body>
__attribute__((target("avx2,fma"))) void run_avx2(const Body &body) {
  body(Of<Lane8>());
}
#endif

/// Calls `body`, a lambda `[&](auto vector) ALWAYS_INLINE { … }`, compiled for the chosen instructions, with an `Of` of their vectors.
template <typename Body>
void run(const Body &body) {
  switch (chosen()) {
#if defined(__x86_64__)
    case Instructions::avx512: return run_avx512(body);
    case Instructions::avx2: return run_avx2(body);
#endif
    default: body(Of<Lane8>());
  }
}

}  // namespace vectors
