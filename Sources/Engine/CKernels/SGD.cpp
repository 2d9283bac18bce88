#include "SGD.h"

#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_mul.h>

#include <vector>

#include "Vectors/MemoryOrder.h"
#include "Vectors/Parallel.h"

namespace kernels {

namespace {

bool is_plain(const at::Tensor &tensor) { return tensor.is_cpu() && tensor.scalar_type() == at::kFloat; }

/// Whether the loop below can walk through all three alike.
bool fit(const at::Tensor &parameter, const at::Tensor &gradient, const at::Tensor &buffer) {
  return is_plain(parameter) && is_plain(gradient) && is_plain(buffer) && lie_alike(gradient, parameter) &&
         lie_alike(buffer, parameter);
}

void update(const at::Tensor &parameter, const at::Tensor &gradient, const at::Tensor &buffer, const SGDRates &rates) {
  float *p = parameter.data_ptr<float>(), *b = buffer.data_ptr<float>();
  const float *g = gradient.data_ptr<float>();
  const float momentum = rates.momentum, slope = rates.gradient, decay = rates.decay, step = rates.step;
  in_parallel(parameter.numel(), [=](Range part, auto) ALWAYS_INLINE {
    for (int64_t i = part.begin; i < part.end; i++) {
      b[i] = momentum * b[i] + slope * g[i] + decay * p[i];
      p[i] -= step * b[i];
    }
  });
  // As libtorch's own operations tell what they change.
  parameter.unsafeGetTensorImpl()->bump_version();
  buffer.unsafeGetTensorImpl()->bump_version();
}

}  // namespace

void update_by_sgd(at::TensorList parameters, at::TensorList gradients, at::TensorList buffers, SGDRates rates) {
  std::vector<at::Tensor> others, their_gradients, their_buffers;
  for (size_t i = 0; i < parameters.size(); i++) {
    const at::Tensor &parameter = parameters[i];
    if (fit(parameter, gradients[i], buffers[i])) {
      update(parameter, gradients[i], buffers[i], rates);
    } else {
      others.push_back(parameter);
      their_gradients.push_back(gradients[i]);
      their_buffers.push_back(buffers[i]);
    }
  }
  if (others.empty()) return;
  // A CUDA device takes many small tensors at once.
  at::_foreach_mul_(their_buffers, rates.momentum);
  at::_foreach_add_(their_buffers, their_gradients, rates.gradient);
  if (rates.decay != 0) at::_foreach_add_(their_buffers, others, rates.decay);
  at::_foreach_add_(others, their_buffers, -rates.step);
}

}  // namespace kernels
