#pragma once

#include <ATen/TensorIterator.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include "Vectors/Vectors.h"

namespace kernels {

/// Consecutive numbers.
struct Range {
  int64_t begin, end;
  int64_t count() const { return end - begin; }

  /// The same numbers counted from `start` on.
  Range from(int64_t start) const { return {start + begin, start + end}; }
};

/// Calls `body(part, vector)` with parts of 0 ..< `count` from all of libtorch's threads, for the chosen vectors (`vectors::run`).
///
/// This uses an iterator, since at::parallel_for is serial if the caller's compiler has no OpenMP.
template <typename Body>
void in_parallel(int64_t count, Body body) {
  at::Tensor places = at::empty({count}, at::kChar);
  const char *first = static_cast<char *>(places.data_ptr());
  auto iterator = at::TensorIterator::nullary_op(places);
  iterator.for_each(
      [&](char **data, const int64_t *, int64_t length) {
        const Range part{data[0] - first, data[0] - first + length};
        vectors::run([&](auto vector) ALWAYS_INLINE { body(part, vector); });
      },
      1);
}

}  // namespace kernels
