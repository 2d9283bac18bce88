#pragma once

#include <array>

#include "Linear.h"

namespace kernels {

/// What a linear layer reads: its input after the first step, and what the gradient of a norm needs.
struct ReadRows {
  at::Tensor rows, mean, deviation;
};

/// Takes the first step for M×I `x`.
ReadRows read(const at::Tensor &x, const LinearInput &input);

/// Gradients of a first step's operands; undefined where they are not needed.
struct InputGradients {
  at::Tensor x, weight, bias;
};

/// The gradients for that of what was read, which this may overwrite.
InputGradients input_gradients(
    at::Tensor gradient, const at::Tensor &x, const LinearInput &input, const ReadRows &read,
    std::array<bool, 3> needed);

}  // namespace kernels
