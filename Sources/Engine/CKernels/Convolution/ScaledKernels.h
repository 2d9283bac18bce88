#pragma once

#include <ATen/core/Tensor.h>

namespace kernels {

/// The scale as K×1×1×1, which multiplies each kernel of `weight`; an error if it has not a number for each.
at::Tensor factors(const at::Tensor &weight, const at::Tensor &scale);

/// The kernels that are applied to the input: those of `weight`, each times its number in `scale`, if there is one, in another
/// type. Records no gradients.
at::Tensor scaled(const at::Tensor &weight, const at::Tensor &scale, at::ScalarType type);

/// The gradients of a weight and of the scale of its kernels; undefined where they are not wanted.
struct ScaledGradients {
  at::Tensor weight, scale;
};

/// The gradients that follow from that of the scaled kernels, which may be overwritten, in the type of the weight.
ScaledGradients unscaled(
    const at::Tensor &kernel_gradient, const at::Tensor &weight, const at::Tensor &scale, bool needs_weight,
    bool needs_scale);

}  // namespace kernels
