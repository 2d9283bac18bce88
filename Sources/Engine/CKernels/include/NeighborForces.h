#pragma once

#include <ATen/core/Tensor.h>

namespace kernels {

/// What t-SNE's gradient (van der Maaten & Hinton 2008) is made of, for places y_i in the plane, 2×N, and p, N×N, both float64:
/// with k_ij = 1 / (1 + |y_i − y_j|²), for each place the sums over all others of p_ij k_ij (y_i − y_j), of k_ij² (y_i − y_j), and of
/// k_ij, 5×N. Each sum is the same whatever the number of threads.
at::Tensor neighbor_forces(const at::Tensor &places, const at::Tensor &probabilities);

}  // namespace kernels
