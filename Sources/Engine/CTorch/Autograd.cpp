#include <c10/core/GradMode.h>

#include "Border.h"

using namespace border;

bool ct_gradients_enabled(void) {
  return answer(true, [] { return c10::GradMode::is_enabled(); });
}

void ct_enable_gradients(bool enabled) {
  guard([&] { c10::GradMode::set_enabled(enabled); });
}

bool ct_requires_gradient(const ct_tensor *tensor) {
  return answer(false, [&] { return tensor->value.requires_grad(); });
}

int ct_require_gradient(ct_tensor *tensor, bool required) {
  return guard([&] { tensor->value.set_requires_grad(required); });
}

int ct_backward(ct_tensor *loss) {
  return guard([&] { loss->value.backward(); });
}

int ct_gradient(const ct_tensor *tensor, ct_tensor **gradient) {
  return guard([&] {
    const auto &value = tensor->value.grad();
    *gradient = value.defined() ? new ct_tensor{value} : nullptr;
  });
}

int ct_set_gradient(ct_tensor *tensor, const ct_tensor *gradient) {
  return guard([&] { tensor->value.mutable_grad() = gradient->value; });
}

int ct_clear_gradient(ct_tensor *tensor) {
  return guard([&] { tensor->value.mutable_grad().reset(); });
}

ct_tensor *ct_detach(const ct_tensor *tensor) {
  return produce([&] { return tensor->value.detach(); });
}
