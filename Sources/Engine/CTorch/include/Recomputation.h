#ifndef CTORCH_RECOMPUTATION_H
#define CTORCH_RECOMPUTATION_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A part of a forward pass in the caller's language. It takes ownership of the tensors of `inputs` and gives that of its
/// results, which it writes to `outputs`, to the caller; a status other than 0 says that it failed, after a call of `ct_fail`.
typedef int (*ct_computation)(
    void *context, ct_tensor *const *inputs, int count, ct_tensor **outputs, int output_count);

/// Sets the message of the present failure in this thread.
void ct_fail(const char *message);

/// Another handle of the same tensor.
ct_tensor *ct_share(const ct_tensor *tensor);

/// Gives a backward pass to `outputs`, which `run` computed from `inputs` without gradients: it runs it again with gradients,
/// in the autocast mode of this call, and then goes back through what was recorded. The outputs with that pass are written to
/// `results`.
///
/// Even a call that fails takes ownership of `context`: `release` is called with it exactly once, after the backward pass
/// or when the result is freed. Both may happen in another thread.
int ct_recompute(
    const ct_tensor *const *inputs, int count, const ct_tensor *const *outputs, int output_count,
    ct_tensor **results, ct_computation run, void (*release)(void *), void *context);

#ifdef __cplusplus
}
#endif

#endif
