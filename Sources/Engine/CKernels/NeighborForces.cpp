#include "NeighborForces.h"

#include <ATen/ops/empty.h>

#include <cstring>

#include "Vectors/Parallel.h"

namespace kernels {

namespace {

/// The sums of one place over the places [0, count), whose coordinates and p lie one after the other.
template <typename Lane>
VECTOR_INLINE void forces_on(
    vectors::Of<Lane>, double own_x, double own_y, const double *x, const double *y, const double *p,
    int64_t count, double (&sums)[5]) {
  typedef double Numbers __attribute__((vector_size(sizeof(Lane))));
  constexpr int width = sizeof(Numbers) / sizeof(double);
  Numbers pull_x{}, pull_y{}, push_x{}, push_y{}, near{};
  // With the remaining places of the last vector filled up by ones that add nothing but their k.
  const auto add = [&](const double *x, const double *y, const double *p) ALWAYS_INLINE {
    Numbers dx, dy, weight;
    std::memcpy(&dx, x, sizeof dx);
    std::memcpy(&dy, y, sizeof dy);
    std::memcpy(&weight, p, sizeof weight);
    dx = own_x - dx;
    dy = own_y - dy;
    const Numbers kernel = 1 / (1 + dx * dx + dy * dy);
    const Numbers pull = weight * kernel, push = kernel * kernel;
    pull_x += pull * dx;
    pull_y += pull * dy;
    push_x += push * dx;
    push_y += push * dy;
    near += kernel;
  };
  int64_t j = 0;
  for (; j + width <= count; j += width) add(x + j, y + j, p + j);
  const int64_t rest = count - j;
  double rest_x[width], rest_y[width], rest_p[width] = {};
  for (int i = 0; i < width; i++) {
    rest_x[i] = i < rest ? x[j + i] : own_x;
    rest_y[i] = i < rest ? y[j + i] : own_y;
    if (i < rest) rest_p[i] = p[j + i];
  }
  add(rest_x, rest_y, rest_p);
  for (int i = 0; i < width; i++) {
    sums[0] += pull_x[i];
    sums[1] += pull_y[i];
    sums[2] += push_x[i];
    sums[3] += push_y[i];
    sums[4] += near[i];
  }
  // Its own k and those of the filling are 1.
  sums[4] -= static_cast<double>(width - rest + 1);
}

}  // namespace

at::Tensor neighbor_forces(const at::Tensor &places, const at::Tensor &probabilities) {
  const int64_t count = probabilities.size(0);
  TORCH_CHECK(
      places.is_cpu() && probabilities.is_cpu() && places.scalar_type() == at::kDouble &&
          probabilities.scalar_type() == at::kDouble && places.sizes() == at::IntArrayRef({2, count}) &&
          probabilities.sizes() == at::IntArrayRef({count, count}),
      "expected 2×N places and N×N probabilities in float64 on the CPU");
  const at::Tensor coordinates = places.contiguous(), joint = probabilities.contiguous();
  const at::Tensor forces = at::empty({5, count}, places.options());
  const auto *x = coordinates.data_ptr<double>(), *y = x + count, *p = joint.data_ptr<double>();
  auto *out = forces.data_ptr<double>();
  in_parallel(count, [=](Range rows, auto vector) ALWAYS_INLINE {
    for (int64_t i = rows.begin; i < rows.end; i++) {
      double sums[5] = {};
      forces_on(vector, x[i], y[i], x, y, p + i * count, count, sums);
      for (int k = 0; k < 5; k++) out[k * count + i] = sums[k];
    }
  });
  return forces;
}

}  // namespace kernels
