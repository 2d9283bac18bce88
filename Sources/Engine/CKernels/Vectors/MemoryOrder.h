#pragma once

#include <ATen/core/Tensor.h>

namespace kernels {

/// Whether the elements of two tensors lie in memory in the same order, without gaps.
inline bool lie_alike(const at::Tensor &first, const at::Tensor &second) {
  if (first.sizes() != second.sizes()) return false;
  if (!first.is_non_overlapping_and_dense() || !second.is_non_overlapping_and_dense()) return false;
  for (int64_t dim = 0; dim < first.dim(); dim++)
    // A dimension of one element takes no step.
    if (first.size(dim) > 1 && first.stride(dim) != second.stride(dim)) return false;
  return true;
}

}  // namespace kernels
