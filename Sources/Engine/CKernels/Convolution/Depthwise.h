#pragma once

#include "Convolution.h"
#include "Convolution/KernelGradients.h"

/// Convolutions of one channel each.
namespace depthwise {

/// Whether each output is made of one channel of its own, for 4-dimensional operands.
bool is_depthwise(const at::Tensor &x, const at::Tensor &weight, const kernels::Geometry &geometry);

/// Whether this computes the gradient of the kernels faster than oneDNN, which leaves 5×5 kernels to code that is not made for a single
/// channel: for float32 maps on the CPU, in blocks of 16 channels. The operands must fit.
bool suits(const at::Tensor &x, const at::Tensor &weight, const kernels::Geometry &geometry);

/// The gradients of C×1×5×5 kernels, computed from N×C×H×W maps and the gradient of the convolution, N×C×h×w. Records
/// no gradients.
kernels::KernelGradients gradients(
    const at::Tensor &x, const at::Tensor &dy, const kernels::Geometry &geometry);

}  // namespace depthwise
