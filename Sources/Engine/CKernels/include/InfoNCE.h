#pragma once

#include <ATen/core/Tensor.h>

namespace kernels {

struct ContrastiveLoss {
  /// The mean over the queries, a scalar that records gradients where the queries do.
  at::Tensor loss;
  /// The share of queries whose own key is the most similar, a float64 scalar.
  at::Tensor top1;
};

/// InfoNCE of N×D queries with their N×D keys and a D×K queue of negatives, without keeping the N×K similarities.
ContrastiveLoss info_nce(
    const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &negatives,
    double temperature);

}  // namespace kernels
