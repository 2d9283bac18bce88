#pragma once

#include <ATen/ATen.h>

#include <cstring>
#include <string>
#include <vector>

#include "CTorch.h"

struct ct_tensor {
  at::Tensor value;
};

namespace border {

/// Keeps the message of the exception in flight for `ct_error_message`.
void keep_current_exception();

/// Runs `body`; an exception becomes the kept message and the status 1.
template <typename Body>
int guard(Body body) {
  try {
    body();
    return 0;
  } catch (...) {
    keep_current_exception();
    return 1;
  }
}

/// Runs `body` and hands out the tensor it returns, or NULL with the message kept.
template <typename Body>
ct_tensor *produce(Body body) {
  ct_tensor *result = nullptr;
  guard([&] { result = new ct_tensor{body()}; });
  return result;
}

inline at::IntArrayRef list(const int64_t *values, int count) {
  return at::IntArrayRef(values, static_cast<size_t>(count));
}

inline std::vector<at::Tensor> values(const ct_tensor *const *tensors, int count) {
  std::vector<at::Tensor> values;
  for (int i = 0; i < count; i++) values.push_back(tensors[i]->value);
  return values;
}

/// An absent tensor where libtorch takes an optional one.
inline at::Tensor optional(const ct_tensor *tensor) {
  return tensor ? tensor->value : at::Tensor();
}

at::Device device(int index);

inline at::TensorOptions options(int dtype, int index) {
  return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)).device(device(index));
}

}  // namespace border
