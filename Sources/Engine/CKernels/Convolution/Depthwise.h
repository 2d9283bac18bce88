#pragma once

#include "Convolution.h"
#include "Convolution/KernelGradients.h"

/// Convolutions of one channel each.
namespace depthwise {

/// Whether each output is made of one channel of its own, for 4-dimensional operands.
bool is_depthwise(const at::Tensor &x, const at::Tensor &weight, const kernels::Geometry &geometry);

/// Kernels, and how they are laid over maps with the same padding on every side.
struct Extended {
  at::Tensor kernels;
  kernels::Geometry geometry;
};

/// Whether a row and a column of zeros before the kernels can stand for one more zero to the right and at the bottom of the maps, of which
/// nothing need be copied then; for operands that fit.
bool extends(const at::Tensor &x, const at::Tensor &weight, const kernels::Geometry &geometry);

/// Kernels with which padding that is the same on every side gives the convolution of `geometry`; those that are given where it is so
/// already. Records no gradients.
Extended extended(const at::Tensor &kernels, const kernels::Geometry &geometry);

/// Whether this computes the gradient of the kernels faster than oneDNN, which leaves 5×5 kernels to code that is not made for a single
/// channel, and would need a padded copy of the maps for those that `extends`: for float32 maps on the CPU, in blocks of 16 channels.
/// The operands must fit.
bool suits(const at::Tensor &x, const at::Tensor &weight, const kernels::Geometry &geometry);

/// The gradients of C×1×5×5 or C×1×3×3 kernels, computed from N×C×H×W maps and the gradient of the convolution, N×C×h×w. Records
/// no gradients.
kernels::KernelGradients gradients(
    const at::Tensor &x, const at::Tensor &dy, int64_t side, const kernels::Geometry &geometry);

}  // namespace depthwise
