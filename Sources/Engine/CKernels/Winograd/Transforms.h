#pragma once

#include <cstdint>

#include "Vectors/Vectors.h"

// The transforms of Winograd's minimal filtering F(4×4, 3×3) (Lavin & Gray 2016) over the channels of a vector at once.
//
// A 4×4 tile of outputs y of a 6×6 tile of inputs x under a 3×3 kernel g is y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ x B)]A: 36
// multiplications instead of 144. The interpolation points are 0, ±1/√2, ±√2 and ∞: with the usual 0, ±1, ±2, ∞ float32
// loses about five times as much.
namespace winograd {

/// The sides of a tile of outputs, of its tile of inputs, and of the kernel.
constexpr int tile = 4, window = 6, taps = 3;
constexpr int window_size = window * window, taps_size = taps * taps;

// The points ±a and ±b; a·b = 1.
constexpr float a = 0.70710678118654752f, b = 1.41421356237309504f, aa = 0.5f, bb = 2.0f;
// 1 / Π (p − q) over the other points q, of p = ±a and ±b.
constexpr float weight_a = 1 / (2 * aa * (aa - bb)), weight_b = 1 / (2 * bb * (bb - aa));

/// Bᵀ: six inputs, at distances of `step` lanes, become six factors.
template <typename Lane>
VECTOR_INLINE void input_transform(const Lane *x, int step, Lane *out) {
  const Lane x1 = x[step], x2 = x[2 * step], x3 = x[3 * step], x4 = x[4 * step];
  const Lane first = x[0] - (aa + bb) * x2 + x4, last = x1 - (aa + bb) * x3 + x[5 * step];
  const Lane even_a = x4 - bb * x2, odd_a = a * (x3 - bb * x1);
  const Lane even_b = x4 - aa * x2, odd_b = b * (x3 - aa * x1);
  out[0] = first;
  out[step] = even_a + odd_a;
  out[2 * step] = even_a - odd_a;
  out[3 * step] = even_b + odd_b;
  out[4 * step] = even_b - odd_b;
  out[5 * step] = last;
}

/// G: three taps become six factors.
template <typename Lane>
VECTOR_INLINE void kernel_transform(const Lane *g, int step, Lane *out, int out_step) {
  const Lane even_a = weight_a * (g[0] + aa * g[2 * step]), odd_a = (weight_a * a) * g[step];
  const Lane even_b = weight_b * (g[0] + bb * g[2 * step]), odd_b = (weight_b * b) * g[step];
  out[0] = g[0];
  out[out_step] = even_a + odd_a;
  out[2 * out_step] = even_a - odd_a;
  out[3 * out_step] = even_b + odd_b;
  out[4 * out_step] = even_b - odd_b;
  out[5 * out_step] = g[2 * step];
}

/// Gᵀ: the gradients of six factors become those of three taps.
template <typename Lane>
VECTOR_INLINE void kernel_gradient(const Lane *u, int step, Lane *out, int out_step) {
  const Lane even_a = weight_a * (u[step] + u[2 * step]);
  const Lane even_b = weight_b * (u[3 * step] + u[4 * step]);
  out[0] = u[0] + even_a + even_b;
  out[out_step] = (weight_a * a) * (u[step] - u[2 * step]) + (weight_b * b) * (u[3 * step] - u[4 * step]);
  out[2 * out_step] = aa * even_a + bb * even_b + u[5 * step];
}

/// Aᵀ: six products become four outputs.
template <typename Lane>
VECTOR_INLINE void output_transform(const Lane *m, int step, Lane *out, int out_step) {
  const Lane even_a = m[step] + m[2 * step], odd_a = a * (m[step] - m[2 * step]);
  const Lane even_b = m[3 * step] + m[4 * step], odd_b = b * (m[3 * step] - m[4 * step]);
  out[0] = m[0] + even_a + even_b;
  out[out_step] = odd_a + odd_b;
  out[2 * out_step] = aa * even_a + bb * even_b;
  out[3 * out_step] = aa * odd_a + bb * odd_b + m[5 * step];
}

/// A: the gradients of four outputs become those of six products.
template <typename Lane>
VECTOR_INLINE void output_gradient(const Lane *y, int step, Lane *out, int out_step) {
  const Lane first = y[0], last = y[3 * step];
  const Lane even_a = first + aa * y[2 * step], odd_a = a * (y[step] + aa * last);
  const Lane even_b = first + bb * y[2 * step], odd_b = b * (y[step] + bb * last);
  out[0] = first;
  out[out_step] = even_a + odd_a;
  out[2 * out_step] = even_a - odd_a;
  out[3 * out_step] = even_b + odd_b;
  out[4 * out_step] = even_b - odd_b;
  out[5 * out_step] = last;
}

}  // namespace winograd
