#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <c10/core/GradMode.h>
#include "Border.h"

using namespace border;

#define OPERATION(expression) produce([&] { return expression; })

// Elementwise, two operands
ct_tensor *ct_add(const ct_tensor *a, const ct_tensor *b) { return OPERATION(a->value + b->value); }
ct_tensor *ct_subtract(const ct_tensor *a, const ct_tensor *b) { return OPERATION(a->value - b->value); }
ct_tensor *ct_multiply(const ct_tensor *a, const ct_tensor *b) { return OPERATION(a->value * b->value); }
ct_tensor *ct_divide(const ct_tensor *a, const ct_tensor *b) { return OPERATION(a->value / b->value); }
ct_tensor *ct_equal(const ct_tensor *a, const ct_tensor *b) { return OPERATION(a->value == b->value); }

// Elementwise, tensor and number
ct_tensor *ct_add_scalar(const ct_tensor *a, double b) { return OPERATION(a->value + b); }
ct_tensor *ct_multiply_scalar(const ct_tensor *a, double b) { return OPERATION(a->value * b); }
ct_tensor *ct_divide_scalar(const ct_tensor *a, double b) { return OPERATION(a->value / b); }
ct_tensor *ct_power_scalar(const ct_tensor *a, double exponent) { return OPERATION(a->value.pow(exponent)); }
ct_tensor *ct_clamp_min(const ct_tensor *a, double minimum) { return OPERATION(a->value.clamp_min(minimum)); }
ct_tensor *ct_less_equal_scalar(const ct_tensor *a, double b) { return OPERATION(a->value <= b); }

// Elementwise, one operand
ct_tensor *ct_negate(const ct_tensor *a) { return OPERATION(-a->value); }
ct_tensor *ct_absolute(const ct_tensor *a) { return OPERATION(a->value.abs()); }
ct_tensor *ct_exp(const ct_tensor *a) { return OPERATION(a->value.exp()); }
ct_tensor *ct_log(const ct_tensor *a) { return OPERATION(a->value.log()); }
ct_tensor *ct_sqrt(const ct_tensor *a) { return OPERATION(a->value.sqrt()); }
ct_tensor *ct_reciprocal_sqrt(const ct_tensor *a) { return OPERATION(a->value.rsqrt()); }
ct_tensor *ct_sigmoid(const ct_tensor *a) { return OPERATION(a->value.sigmoid()); }
ct_tensor *ct_relu(const ct_tensor *a) { return OPERATION(a->value.relu()); }
ct_tensor *ct_relu6(const ct_tensor *a) { return OPERATION(at::hardtanh(a->value, 0, 6)); }
ct_tensor *ct_where(const ct_tensor *condition, const ct_tensor *a, const ct_tensor *b) {
  return OPERATION(at::where(condition->value, a->value, b->value));
}
ct_tensor *ct_is_finite(const ct_tensor *a) { return OPERATION(a->value.isfinite()); }

// Reductions
ct_tensor *ct_nonzero(const ct_tensor *a) { return OPERATION(a->value.nonzero()); }
ct_tensor *ct_sum(const ct_tensor *a) { return OPERATION(a->value.sum()); }
ct_tensor *ct_sum_dims(const ct_tensor *a, const int64_t *dims, int count, bool keep) {
  return OPERATION(a->value.sum(list(dims, count), keep));
}
ct_tensor *ct_mean(const ct_tensor *a) { return OPERATION(a->value.mean()); }
ct_tensor *ct_mean_dims(const ct_tensor *a, const int64_t *dims, int count, bool keep) {
  return OPERATION(a->value.mean(list(dims, count), keep));
}
ct_tensor *ct_max(const ct_tensor *a) { return OPERATION(a->value.max()); }
ct_tensor *ct_argmax(const ct_tensor *a, int64_t dim) { return OPERATION(a->value.argmax(dim)); }
ct_tensor *ct_norm_dims(const ct_tensor *a, const int64_t *dims, int count, bool keep) {
  return OPERATION(at::norm(a->value, 2, list(dims, count), keep));
}
ct_tensor *ct_all(const ct_tensor *a) { return OPERATION(a->value.all()); }
ct_tensor *ct_bincount(const ct_tensor *a, int64_t count) { return OPERATION(at::bincount(a->value, {}, count)); }

// Matrices
ct_tensor *ct_linear(const ct_tensor *x, const ct_tensor *weight, const ct_tensor *bias) {
  return OPERATION(at::linear(x->value, weight->value, optional(bias)));
}
ct_tensor *ct_scale_frequencies(const ct_tensor *x, const ct_tensor *factors) {
  return OPERATION(at::real(at::fft_ifft2(at::fft_fft2(x->value) * factors->value)).contiguous());
}
ct_tensor *ct_symmetric_eigenvalues(const ct_tensor *a) { return OPERATION(at::linalg_eigvalsh(a->value)); }
int ct_symmetric_eigen(const ct_tensor *a, ct_tensor **values, ct_tensor **vectors) {
  return guard([&] {
    const auto [eigenvalues, eigenvectors] = at::linalg_eigh(a->value);
    auto first = std::make_unique<ct_tensor>(ct_tensor{eigenvalues});
    *vectors = new ct_tensor{eigenvectors};
    *values = first.release();
  });
}

// Shape
ct_tensor *ct_reshape(const ct_tensor *a, const int64_t *shape, int rank) {
  return OPERATION(a->value.reshape(list(shape, rank)));
}
ct_tensor *ct_permute(const ct_tensor *a, const int64_t *dims, int count) {
  return OPERATION(a->value.permute(list(dims, count)));
}
ct_tensor *ct_transpose(const ct_tensor *a, int64_t first, int64_t second) {
  return OPERATION(a->value.transpose(first, second));
}
ct_tensor *ct_unsqueeze(const ct_tensor *a, int64_t dim) { return OPERATION(a->value.unsqueeze(dim)); }
ct_tensor *ct_squeeze(const ct_tensor *a, int64_t dim) { return OPERATION(a->value.squeeze(dim)); }
ct_tensor *ct_narrow(const ct_tensor *a, int64_t dim, int64_t start, int64_t length) {
  return OPERATION(a->value.narrow(dim, start, length));
}
ct_tensor *ct_select(const ct_tensor *a, int64_t dim, int64_t index) {
  return OPERATION(a->value.select(dim, index));
}
ct_tensor *ct_index_select(const ct_tensor *a, int64_t dim, const ct_tensor *indices) {
  return OPERATION(a->value.index_select(dim, indices->value));
}
ct_tensor *ct_expand(const ct_tensor *a, const int64_t *shape, int rank) {
  return OPERATION(a->value.expand(list(shape, rank)));
}
ct_tensor *ct_pad(const ct_tensor *a, const int64_t *sides, int count, double value) {
  return OPERATION(at::constant_pad_nd(a->value, list(sides, count), value));
}
ct_tensor *ct_flip(const ct_tensor *a, const int64_t *dims, int count) {
  return OPERATION(a->value.flip(list(dims, count)));
}
ct_tensor *ct_concatenate(const ct_tensor *const *tensors, int count, int64_t dim) {
  return OPERATION(at::cat(values(tensors, count), dim));
}

// Copies
ct_tensor *ct_zeros_like(const ct_tensor *a) { return OPERATION(at::zeros_like(a->value)); }
ct_tensor *ct_clone(const ct_tensor *a) { return OPERATION(a->value.clone()); }
ct_tensor *ct_to_dtype(const ct_tensor *a, int dtype) {
  return OPERATION(a->value.to(static_cast<at::ScalarType>(dtype)));
}
ct_tensor *ct_to_device(const ct_tensor *a, int index) { return OPERATION(a->value.to(device(index))); }
ct_tensor *ct_pin(const ct_tensor *a) { return OPERATION(a->value.pin_memory()); }
ct_tensor *ct_contiguous(const ct_tensor *a) { return OPERATION(a->value.contiguous()); }
ct_tensor *ct_channels_last(const ct_tensor *a) {
  return OPERATION(a->value.contiguous(at::MemoryFormat::ChannelsLast));
}

// Networks
ct_tensor *ct_batch_norm(
    const ct_tensor *x, const ct_tensor *weight, const ct_tensor *bias, const ct_tensor *mean,
    const ct_tensor *variance, double epsilon) {
  return OPERATION(at::batch_norm(
      x->value, weight->value, bias->value, mean->value, variance->value, false, 0, epsilon, false));
}
ct_tensor *ct_batch_norm_training(
    const ct_tensor *x, const ct_tensor *weight, const ct_tensor *bias, const ct_tensor *mean,
    const ct_tensor *variance, double momentum, double epsilon) {
  return OPERATION(at::batch_norm(
      x->value, weight->value, bias->value, mean->value, variance->value, true, momentum, epsilon,
      false));
}
ct_tensor *ct_instance_norm(
    const ct_tensor *x, const ct_tensor *weight, const ct_tensor *bias, double epsilon) {
  return OPERATION(at::instance_norm(
      x->value, weight->value, bias->value, {}, {}, true, 0, epsilon, false));
}
ct_tensor *ct_layer_norm(
    const ct_tensor *x, const ct_tensor *weight, const ct_tensor *bias, double epsilon) {
  return OPERATION(at::layer_norm(
      x->value, weight->value.sizes(), weight->value, bias->value, epsilon));
}
int ct_lstm(
    const ct_tensor *x, const ct_tensor *hidden, const ct_tensor *cell, ct_tensor *const *parameters,
    int count, int64_t layers, ct_tensor **output, ct_tensor **last_hidden, ct_tensor **last_cell) {
  return guard([&] {
    const auto [y, h, c] = at::lstm(
        x->value, {hidden->value, cell->value}, values(parameters, count), /*has_biases=*/true, layers,
        /*dropout=*/0, /*train=*/c10::GradMode::is_enabled(), /*bidirectional=*/false, /*batch_first=*/false);
    auto first = std::make_unique<ct_tensor>(ct_tensor{y});
    auto second = std::make_unique<ct_tensor>(ct_tensor{h});
    *last_cell = new ct_tensor{c};
    *last_hidden = second.release();
    *output = first.release();
  });
}
ct_tensor *ct_gelu(const ct_tensor *x) { return OPERATION(at::gelu(x->value)); }
ct_tensor *ct_silu(const ct_tensor *x) { return OPERATION(at::silu(x->value)); }
ct_tensor *ct_attention(const ct_tensor *x, int64_t heads) {
  return produce([&] {
    const auto &all = x->value;
    TORCH_CHECK(
        all.dim() == 3 && heads > 0 && all.size(2) % (3 * heads) == 0,
        "expected queries, keys and values of N×L×3D with D a multiple of ", heads, " heads");
    const auto width = all.size(2) / (3 * heads);
    const auto parts = all.reshape({all.size(0), all.size(1), 3, heads, width})
                           .permute({2, 0, 3, 1, 4}).unbind(0);
    return at::scaled_dot_product_attention(parts[0], parts[1], parts[2])
        .transpose(1, 2).reshape({all.size(0), all.size(1), heads * width});
  });
}
ct_tensor *ct_upsample_bicubic2d(
    const ct_tensor *x, int64_t height, int64_t width, bool align_corners, bool antialiased,
    double vertical_scale, double horizontal_scale) {
  return produce([&] {
    const auto scale = [](double value) {
      return value > 0 ? std::optional<double>(value) : std::nullopt;
    };
    const int64_t sizes[] = {height, width};
    const auto [down, right] = std::pair(scale(vertical_scale), scale(horizontal_scale));
    if (antialiased) return at::_upsample_bicubic2d_aa(x->value, list(sizes, 2), align_corners, down, right);
    return at::upsample_bicubic2d(x->value, list(sizes, 2), align_corners, down, right);
  });
}
ct_tensor *ct_upsample_bilinear2d(
    const ct_tensor *x, int64_t height, int64_t width, bool align_corners) {
  return OPERATION(at::upsample_bilinear2d(x->value, {{height, width}}, align_corners));
}
ct_tensor *ct_max_pool2d(const ct_tensor *x, int64_t kernel, int64_t stride, int64_t padding) {
  return OPERATION(at::max_pool2d(x->value, kernel, stride, padding));
}
ct_tensor *ct_average_pool2d(const ct_tensor *x, int64_t side) {
  return OPERATION(at::avg_pool2d(x->value, side));
}
ct_tensor *ct_adaptive_average_pool2d(const ct_tensor *x, int64_t height, int64_t width) {
  return OPERATION(at::adaptive_avg_pool2d(x->value, {height, width}));
}
ct_tensor *ct_softmax(const ct_tensor *x, int64_t dim) { return OPERATION(x->value.softmax(dim)); }
ct_tensor *ct_log_softmax(const ct_tensor *x, int64_t dim) { return OPERATION(x->value.log_softmax(dim)); }
ct_tensor *ct_cross_entropy(
    const ct_tensor *logits, const ct_tensor *targets, const ct_tensor *weights, int64_t ignored, bool is_mean) {
  return OPERATION(at::cross_entropy_loss(
      logits->value, targets->value, weights ? std::optional<at::Tensor>(weights->value) : std::nullopt,
      is_mean ? at::Reduction::Mean : at::Reduction::Sum, ignored));
}

// In place
int ct_copy_into(ct_tensor *target, const ct_tensor *source) {
  return guard([&] { target->value.copy_(source->value); });
}
int ct_replace_storage(ct_tensor *target, const ct_tensor *source) {
  return guard([&] {
    target->value.set_data(source->value);
    // libtorch counts only changes of elements.
    target->value.unsafeGetTensorImpl()->bump_version();
  });
}
int ct_fill(ct_tensor *target, double value) {
  return guard([&] { target->value.fill_(value); });
}
int ct_multiply_into(ct_tensor *target, double factor) {
  return guard([&] { target->value.mul_(factor); });
}
int ct_add_into(ct_tensor *target, const ct_tensor *source, double factor) {
  return guard([&] { target->value.add_(source->value, factor); });
}
int ct_add_product_into(ct_tensor *target, const ct_tensor *a, const ct_tensor *b, double factor) {
  return guard([&] { target->value.addcmul_(a->value, b->value, factor); });
}
int ct_multiply_into_all(ct_tensor *const *targets, int count, double factor) {
  return guard([&] {
    if (count > 0) at::_foreach_mul_(values(targets, count), factor);
  });
}
int ct_add_into_all(
    ct_tensor *const *targets, ct_tensor *const *sources, int count, double factor) {
  return guard([&] {
    if (count > 0) at::_foreach_add_(values(targets, count), values(sources, count), factor);
  });
}
int ct_adamw(
    ct_tensor *const *parameters, ct_tensor *const *gradients, ct_tensor *const *first,
    ct_tensor *const *second, int count, double step, double rate, double beta1, double beta2,
    double decay, double epsilon) {
  return guard([&] {
    if (count == 0) return;
    const auto targets = values(parameters, count);
    auto slopes = values(gradients, count);
    // The kernel walks through the memory of all operands alike.
    for (int i = 0; i < count; i++) {
      if (!slopes[i].strides().equals(targets[i].strides())) {
        slopes[i] = at::empty_like(targets[i]).copy_(slopes[i]);
      }
    }
    const std::vector<at::Tensor> steps(
        count, at::full({}, step, at::TensorOptions(targets[0].device()).dtype(at::kFloat)));
    at::_fused_adamw_(
        targets, slopes, values(first, count), values(second, count), {}, steps, rate, beta1, beta2,
        decay, epsilon, false, false);
  });
}
ct_tensor *ct_norm_of_all(ct_tensor *const *tensors, int count) {
  return OPERATION(
      count > 0 ? at::stack(at::_foreach_norm(values(tensors, count), 2)).norm() : at::zeros({}));
}
int ct_lerp_into(ct_tensor *target, const ct_tensor *source, double weight) {
  return guard([&] { target->value.lerp_(source->value, weight); });
}
int ct_relu_into(ct_tensor *target) {
  return guard([&] { target->value.relu_(); });
}
