#pragma once

#include "Convolution.h"

namespace kernels::cuda {

/// Whether `convolve` below computes this: a convolution of floating-point maps on a CUDA device that has cuDNN.
bool suits(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale);

/// The same as `kernels::convolve` in the type of the present autocast, if there is one. There bias, addend and ReLU are passes of
/// cuDNN with the convolution, since apart they take longer than it; the scaled kernels are written in that type at once; and
/// nothing but input, output and the weights as they are stored is kept for the gradients.
at::Tensor convolve(
    const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale, const at::Tensor &bias,
    Geometry geometry, Activation activation, const at::Tensor &addend);

}  // namespace kernels::cuda
