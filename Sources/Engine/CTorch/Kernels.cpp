#include <Convolution.h>
#include <HostMemory.h>
#include <InfoNCE.h>
#include <Waiting.h>

#include "Border.h"

using namespace border;

namespace {

kernels::Activation activation(ct_activation activation) {
  switch (activation) {
    case CT_RELU: return kernels::Activation::relu;
    case CT_RELU6: return kernels::Activation::relu6;
    default: return kernels::Activation::identity;
  }
}

}  // namespace

ct_tensor *ct_conv2d(
    const ct_tensor *input, const ct_tensor *weight, const ct_tensor *factors,
    const ct_tensor *shifts, const ct_tensor *addend, int64_t stride, int64_t padding,
    int64_t dilation, int64_t groups, ct_activation function) {
  return produce([&] {
    return kernels::convolve(
        input->value, weight->value, optional(factors), optional(shifts),
        {stride, padding, dilation, groups}, activation(function), optional(addend));
  });
}

int ct_add_relu_into(ct_tensor *target, const ct_tensor *source) {
  return guard([&] { kernels::add_relu_into(target->value, source->value); });
}

int ct_info_nce(
    const ct_tensor *queries, const ct_tensor *keys, const ct_tensor *negatives, double temperature,
    ct_tensor **loss, ct_tensor **top1) {
  return guard([&] {
    auto found =
        kernels::info_nce(queries->value, keys->value, negatives->value, temperature);
    auto top = std::make_unique<ct_tensor>(ct_tensor{found.top1});
    *loss = new ct_tensor{found.loss};
    *top1 = top.release();
  });
}

void ct_keep_freed_memory(void) {
  guard([] { kernels::keep_freed_memory(); });
}

void ct_wait_asleep(bool sleeps) {
  guard([&] { kernels::wait_asleep(sleeps); });
}
