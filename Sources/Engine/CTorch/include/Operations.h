#ifndef CTORCH_OPERATIONS_H
#define CTORCH_OPERATIONS_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

// Elementwise, two operands
ct_tensor *ct_add(const ct_tensor *a, const ct_tensor *b);
ct_tensor *ct_subtract(const ct_tensor *a, const ct_tensor *b);
ct_tensor *ct_multiply(const ct_tensor *a, const ct_tensor *b);
ct_tensor *ct_divide(const ct_tensor *a, const ct_tensor *b);
ct_tensor *ct_equal(const ct_tensor *a, const ct_tensor *b);

// Elementwise, tensor and number
ct_tensor *ct_add_scalar(const ct_tensor *a, double b);
ct_tensor *ct_multiply_scalar(const ct_tensor *a, double b);
ct_tensor *ct_divide_scalar(const ct_tensor *a, double b);
ct_tensor *ct_power_scalar(const ct_tensor *a, double exponent);
ct_tensor *ct_clamp_min(const ct_tensor *a, double minimum);
ct_tensor *ct_less_equal_scalar(const ct_tensor *a, double b);

// Elementwise, one operand
ct_tensor *ct_negate(const ct_tensor *a);
ct_tensor *ct_absolute(const ct_tensor *a);
ct_tensor *ct_exp(const ct_tensor *a);
ct_tensor *ct_log(const ct_tensor *a);
ct_tensor *ct_sqrt(const ct_tensor *a);
ct_tensor *ct_reciprocal_sqrt(const ct_tensor *a);
ct_tensor *ct_sigmoid(const ct_tensor *a);
ct_tensor *ct_relu(const ct_tensor *a);
ct_tensor *ct_relu6(const ct_tensor *a);
ct_tensor *ct_where(const ct_tensor *condition, const ct_tensor *a, const ct_tensor *b);
ct_tensor *ct_is_finite(const ct_tensor *a);

// Reductions
ct_tensor *ct_nonzero(const ct_tensor *a);
ct_tensor *ct_sum(const ct_tensor *a);
ct_tensor *ct_sum_dims(const ct_tensor *a, const int64_t *dims, int count, bool keep);
ct_tensor *ct_mean(const ct_tensor *a);
ct_tensor *ct_mean_dims(const ct_tensor *a, const int64_t *dims, int count, bool keep);
ct_tensor *ct_max(const ct_tensor *a);
ct_tensor *ct_argmax(const ct_tensor *a, int64_t dim);
ct_tensor *ct_norm_dims(const ct_tensor *a, const int64_t *dims, int count, bool keep);
ct_tensor *ct_all(const ct_tensor *a);
ct_tensor *ct_bincount(const ct_tensor *a, int64_t count);

// Matrices
ct_tensor *ct_matmul(const ct_tensor *a, const ct_tensor *b);
ct_tensor *ct_linear(const ct_tensor *x, const ct_tensor *weight, const ct_tensor *bias);
/// The real part of the inverse 2-D Fourier transform of the transform of `x` times `factors`.
ct_tensor *ct_scale_frequencies(const ct_tensor *x, const ct_tensor *factors);
ct_tensor *ct_symmetric_eigenvalues(const ct_tensor *a);
/// Eigenvalues and eigenvectors, one vector per column; the status is 0 on success.
int ct_symmetric_eigen(const ct_tensor *a, ct_tensor **values, ct_tensor **vectors);

// Shape
ct_tensor *ct_reshape(const ct_tensor *a, const int64_t *shape, int rank);
ct_tensor *ct_permute(const ct_tensor *a, const int64_t *dims, int count);
ct_tensor *ct_transpose(const ct_tensor *a, int64_t first, int64_t second);
ct_tensor *ct_unsqueeze(const ct_tensor *a, int64_t dim);
ct_tensor *ct_squeeze(const ct_tensor *a, int64_t dim);
ct_tensor *ct_narrow(const ct_tensor *a, int64_t dim, int64_t start, int64_t length);
ct_tensor *ct_select(const ct_tensor *a, int64_t dim, int64_t index);
ct_tensor *ct_index_select(const ct_tensor *a, int64_t dim, const ct_tensor *indices);
ct_tensor *ct_expand(const ct_tensor *a, const int64_t *shape, int rank);
ct_tensor *ct_pad(const ct_tensor *a, const int64_t *sides, int count, double value);
ct_tensor *ct_flip(const ct_tensor *a, const int64_t *dims, int count);
ct_tensor *ct_concatenate(const ct_tensor *const *tensors, int count, int64_t dim);

// Copies
ct_tensor *ct_zeros_like(const ct_tensor *a);
ct_tensor *ct_clone(const ct_tensor *a);
ct_tensor *ct_to_dtype(const ct_tensor *a, int dtype);
ct_tensor *ct_to_device(const ct_tensor *a, int device);
ct_tensor *ct_pin(const ct_tensor *a);
ct_tensor *ct_contiguous(const ct_tensor *a);
ct_tensor *ct_channels_last(const ct_tensor *a);

// Networks
typedef enum { CT_IDENTITY, CT_RELU, CT_RELU6 } ct_activation;
// The activation of the convolution, whose kernels are each scaled by a number: in one pass for float32 on the CPU, and with
// Winograd's filtering for 3x3 kernels where it is faster. Scale and bias may be NULL, and so may what is added before the activation,
// which is ReLU then. `trailing` more zeros than on the other sides are to the right and at the bottom.
ct_tensor *ct_conv2d(
    const ct_tensor *x, const ct_tensor *weight, const ct_tensor *scale, const ct_tensor *bias,
    const ct_tensor *addend, int64_t stride, int64_t padding, int64_t trailing, int64_t dilation,
    int64_t groups, ct_activation activation);
typedef enum { CT_AS_IT_IS, CT_GELU, CT_QUICK_GELU, CT_NORM } ct_linear_input;
// f(x)(W + sBA)' + bias for float32 on the CPU, with a backward pass that needs only x. The weight and bias of a norm, the layer's bias, and A
// with B may be NULL.
ct_tensor *ct_linear_layer(
    const ct_tensor *x, ct_linear_input input, const ct_tensor *input_weight,
    const ct_tensor *input_bias, double epsilon, const ct_tensor *weight, const ct_tensor *bias,
    const ct_tensor *a, const ct_tensor *b, double scale);
ct_tensor *ct_batch_norm(
    const ct_tensor *x, const ct_tensor *weight, const ct_tensor *bias, const ct_tensor *mean,
    const ct_tensor *variance, double epsilon);
// Normalises by the batch's own statistics, and moves mean and variance towards them.
ct_tensor *ct_batch_norm_training(
    const ct_tensor *x, const ct_tensor *weight, const ct_tensor *bias, const ct_tensor *mean,
    const ct_tensor *variance, double momentum, double epsilon);
ct_tensor *ct_instance_norm(
    const ct_tensor *x, const ct_tensor *weight, const ct_tensor *bias, double epsilon);
/// The last dimension by its own mean and variance, then scaled and shifted.
ct_tensor *ct_layer_norm(
    const ct_tensor *x, const ct_tensor *weight, const ct_tensor *bias, double epsilon);
ct_tensor *ct_gelu(const ct_tensor *x);
/// An LSTM of `layers` layers over T×N×inputs; of each layer four parameters. The status is 0 on success.
int ct_lstm(
    const ct_tensor *x, const ct_tensor *hidden, const ct_tensor *cell, ct_tensor *const *parameters,
    int count, int64_t layers, ct_tensor **output, ct_tensor **last_hidden, ct_tensor **last_cell);
ct_tensor *ct_silu(const ct_tensor *x);
/// softmax(q·kᵀ / √d)·v in each head, of queries, keys and values one after the other in N×L×3D; N×L×D.
ct_tensor *ct_attention(const ct_tensor *x, int64_t heads);
/// Bicubic interpolation; scales of 0 stand for the quotients of the sizes.
ct_tensor *ct_upsample_bicubic2d(
    const ct_tensor *x, int64_t height, int64_t width, bool align_corners, bool antialiased,
    double vertical_scale, double horizontal_scale);
ct_tensor *ct_upsample_bilinear2d(
    const ct_tensor *x, int64_t height, int64_t width, bool align_corners);
ct_tensor *ct_max_pool2d(const ct_tensor *x, int64_t kernel, int64_t stride, int64_t padding);
ct_tensor *ct_average_pool2d(const ct_tensor *x, int64_t side);
ct_tensor *ct_adaptive_average_pool2d(const ct_tensor *x, int64_t height, int64_t width);
ct_tensor *ct_softmax(const ct_tensor *x, int64_t dim);
ct_tensor *ct_log_softmax(const ct_tensor *x, int64_t dim);
/// `weights`: one number a class, or null. The mean is over the weights of the targets.
ct_tensor *ct_cross_entropy(
    const ct_tensor *logits, const ct_tensor *targets, const ct_tensor *weights, int64_t ignored, bool is_mean);

// The forces of t-SNE on places 2×N with probabilities N×N; `kernels::neighbor_forces`.
ct_tensor *ct_neighbor_forces(const ct_tensor *places, const ct_tensor *probabilities);

// The InfoNCE loss of queries N×D with their own keys N×D among negatives D×K, and the share of queries whose own key
// is the most similar. The gradient of the queries is computed at once: the negatives may change before the backward pass.
int ct_info_nce(
    const ct_tensor *queries, const ct_tensor *keys, const ct_tensor *negatives, double temperature,
    ct_tensor **loss, ct_tensor **top1);

// In place, on the first operand: the status is 0 on success
int ct_copy_into(ct_tensor *target, const ct_tensor *source);
int ct_replace_storage(ct_tensor *target, const ct_tensor *source);
int ct_fill(ct_tensor *target, double value);
int ct_multiply_into(ct_tensor *target, double factor);
int ct_add_into(ct_tensor *target, const ct_tensor *source, double factor);
int ct_add_product_into(ct_tensor *target, const ct_tensor *a, const ct_tensor *b, double factor);
/// The same for many tensors, each changed in place; there are as many `sources`.
int ct_multiply_into_all(ct_tensor *const *targets, int count, double factor);
int ct_add_into_all(ct_tensor *const *targets, ct_tensor *const *sources, int count, double factor);
/// One step of SGD for `count` parameters with as many gradients and momentum buffers:
/// b <- momentum * b + gradient * g + decay * p, p <- p - step * b.
int ct_sgd(
    ct_tensor *const *parameters, ct_tensor *const *gradients, ct_tensor *const *buffers, int count,
    double momentum, double gradient, double decay, double step);
/// One step of AdamW for `count` parameters with as many gradients and moments; `step` counts from 1.
int ct_adamw(
    ct_tensor *const *parameters, ct_tensor *const *gradients, ct_tensor *const *first,
    ct_tensor *const *second, int count, double step, double rate, double beta1, double beta2,
    double decay, double epsilon);
/// The L2 norm of all elements of all tensors together.
ct_tensor *ct_norm_of_all(ct_tensor *const *tensors, int count);
int ct_lerp_into(ct_tensor *target, const ct_tensor *source, double weight);
int ct_relu_into(ct_tensor *target);
int ct_add_relu_into(ct_tensor *target, const ct_tensor *source);

#ifdef __cplusplus
}
#endif

#endif
