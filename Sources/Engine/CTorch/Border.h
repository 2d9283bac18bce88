#pragma once

#include <ATen/core/Tensor.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "CTorch.h"

struct ct_tensor {
  at::Tensor value;
};

namespace border {

/// Keeps the message of the current exception for `ct_error_message`.
void keep_current_exception() noexcept;

/// Runs `body` and returns its result; if it throws, keeps the exception's message and returns `otherwise`.
///
/// No exception may reach a caller in another language: every function of the border consists of one call of this
/// function or of one of the two below. `BorderTests` finds the functions that do not.
template <typename Answer, typename Body>
Answer answer(Answer otherwise, Body body) noexcept {
  try {
    return body();
  } catch (...) {
    keep_current_exception();
    return otherwise;
  }
}

/// Runs `body`; an exception becomes the kept message and the status 1.
template <typename Body>
int guard(Body body) noexcept {
  return answer(1, [&] {
    body();
    return 0;
  });
}

/// Runs `body` and returns its tensor; if it throws, keeps the message and returns NULL.
template <typename Body>
ct_tensor *produce(Body body) noexcept {
  return answer<ct_tensor *>(nullptr, [&] { return new ct_tensor{body()}; });
}

inline at::IntArrayRef list(const int64_t *values, int count) {
  return at::IntArrayRef(values, static_cast<size_t>(count));
}

inline std::vector<at::Tensor> values(const ct_tensor *const *tensors, int count) {
  std::vector<at::Tensor> values;
  for (int i = 0; i < count; i++) values.push_back(tensors[i]->value);
  return values;
}

/// An optional tensor for libtorch, empty for NULL.
inline at::Tensor optional(const ct_tensor *tensor) {
  return tensor ? tensor->value : at::Tensor();
}

at::Device device(int index);

/// The path of a file in the folder that libtorch was loaded from.
std::string beside_libtorch(const std::string &file);

inline at::TensorOptions options(int dtype, int index) {
  return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)).device(device(index));
}

}  // namespace border
