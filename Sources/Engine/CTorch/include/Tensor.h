#ifndef CTORCH_TENSOR_H
#define CTORCH_TENSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ct_tensor ct_tensor;

/// The message of this thread's last failed call; valid until its next one.
const char *ct_error_message(void);

// Life of a tensor. `dtype` is the number of a c10::ScalarType; `device` is -1 for the CPU or the
// index of a CUDA device.
void ct_tensor_free(ct_tensor *tensor);
ct_tensor *ct_from_bytes(const void *bytes, size_t count, const int64_t *shape, int rank, int dtype);
/// A tensor over the caller's own memory, on the CPU. Even a call that fails takes ownership of `context`: `release` is
/// called with it exactly once, when no tensor uses the memory any more, possibly in another thread.
ct_tensor *ct_lend_bytes(
    void *bytes, size_t count, const int64_t *shape, int rank, int dtype, void (*release)(void *),
    void *context);
ct_tensor *ct_full(const int64_t *shape, int rank, double value, int dtype, int device);
/// Zeros in float32 on the CPU, whose memory is taken only when they are read or written.
ct_tensor *ct_untouched_zeros(const int64_t *shape, int rank);
ct_tensor *ct_arange(int64_t count, int dtype, int device);
/// Rows and columns of the elements of a size×size matrix on a diagonal and above it, 2×count in int64, row by row.
ct_tensor *ct_upper_triangle(int64_t size, int64_t diagonal, int device);

// What a tensor is.
int ct_rank(const ct_tensor *tensor);
int64_t ct_size(const ct_tensor *tensor, int dimension);
int64_t ct_count(const ct_tensor *tensor);
int ct_dtype(const ct_tensor *tensor);
int ct_device(const ct_tensor *tensor);
bool ct_is_channels_last(const ct_tensor *tensor);
/// The same for all handles of a tensor; another tensor may have it once the last of them is gone.
uintptr_t ct_identity(const ct_tensor *tensor);
/// How often the tensor was changed in place, also through views of it or by `ct_replace_storage`; -1 if libtorch does not
/// count. Running statistics that `ct_batch_norm_training` moves are not counted.
int64_t ct_change_count(const ct_tensor *tensor);

// What it holds. `ct_copy_bytes` writes the row-major elements, independent of the strides.
int ct_copy_bytes(const ct_tensor *tensor, void *bytes, size_t count);
int ct_item(const ct_tensor *tensor, double *value);

#ifdef __cplusplus
}
#endif

#endif
