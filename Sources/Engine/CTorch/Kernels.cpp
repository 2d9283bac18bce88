#include <Convolution.h>
#include <HostMemory.h>
#include <InfoNCE.h>
#include <Instructions.h>
#include <Linear.h>
#include <NeighborForces.h>
#include <SGD.h>
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

kernels::LinearInput::Step step(ct_linear_input input) {
  switch (input) {
    case CT_GELU: return kernels::LinearInput::Step::gelu;
    case CT_QUICK_GELU: return kernels::LinearInput::Step::quick_gelu;
    case CT_NORM: return kernels::LinearInput::Step::norm;
    default: return kernels::LinearInput::Step::none;
  }
}

vectors::Instructions instructions(ct_instructions instructions) {
  switch (instructions) {
    case CT_AVX512: return vectors::Instructions::avx512;
    case CT_AVX2: return vectors::Instructions::avx2;
    default: return vectors::Instructions::plain;
  }
}

}  // namespace

ct_tensor *ct_conv2d(
    const ct_tensor *input, const ct_tensor *weight, const ct_tensor *factors,
    const ct_tensor *shifts, const ct_tensor *addend, int64_t stride, int64_t padding,
    int64_t trailing, int64_t dilation, int64_t groups, ct_activation function) {
  return produce([&] {
    return kernels::convolve(
        input->value, weight->value, optional(factors), optional(shifts),
        {stride, padding, dilation, groups, trailing}, activation(function), optional(addend));
  });
}

ct_tensor *ct_neighbor_forces(const ct_tensor *places, const ct_tensor *probabilities) {
  return produce([&] { return kernels::neighbor_forces(places->value, probabilities->value); });
}

ct_tensor *ct_matmul(const ct_tensor *a, const ct_tensor *b) {
  return produce([&] { return kernels::matmul(a->value, b->value); });
}

ct_tensor *ct_linear_layer(
    const ct_tensor *x, ct_linear_input input, const ct_tensor *input_weight,
    const ct_tensor *input_bias, double epsilon, const ct_tensor *weight, const ct_tensor *bias,
    const ct_tensor *a, const ct_tensor *b, double scale) {
  return produce([&] {
    return kernels::linear(
        x->value, {step(input), optional(input_weight), optional(input_bias), epsilon}, weight->value,
        optional(bias), {optional(a), optional(b), scale});
  });
}

int ct_add_relu_into(ct_tensor *target, const ct_tensor *source) {
  return guard([&] { kernels::add_relu_into(target->value, source->value); });
}

int ct_sgd(
    ct_tensor *const *parameters, ct_tensor *const *gradients, ct_tensor *const *buffers, int count,
    double momentum, double gradient, double decay, double step) {
  return guard([&] {
    kernels::update_by_sgd(
        values(parameters, count), values(gradients, count), values(buffers, count),
        {momentum, gradient, decay, step});
  });
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

void ct_limit_vectors(ct_instructions widest) {
  guard([&] { vectors::limit(instructions(widest)); });
}

int ct_vectors_multiply_bfloat16(void) {
  return answer(0, [] { return vectors::multiply_bfloat16() ? 1 : 0; });
}

ct_instructions ct_vectors(void) {
  return answer(CT_PLAIN, [&] {
    switch (vectors::chosen()) {
      case vectors::Instructions::avx512: return CT_AVX512;
      case vectors::Instructions::avx2: return CT_AVX2;
      default: return CT_PLAIN;
    }
  });
}
