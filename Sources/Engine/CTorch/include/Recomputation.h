#ifndef CTORCH_RECOMPUTATION_H
#define CTORCH_RECOMPUTATION_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A part of a forward pass in the caller's language. It takes ownership of the tensors of `inputs` and gives that of its
/// result to the caller; NULL says that it failed, after a call of `ct_fail`.
typedef ct_tensor *(*ct_computation)(void *context, ct_tensor *const *inputs, int count);

/// Sets the message of the present failure in this thread.
void ct_fail(const char *message);

/// Another handle of the same tensor.
ct_tensor *ct_share(const ct_tensor *tensor);

/// Gives a backward pass to `output`, which `run` computed from `inputs` without gradients: it runs it again with gradients,
/// in the autocast mode of this call, and then goes back through what was recorded.
///
/// Even a call that fails takes ownership of `context`: `release` is called with it exactly once, after the backward pass
/// or when the result is freed. Both may happen in another thread.
ct_tensor *ct_recompute(
    const ct_tensor *const *inputs, int count, const ct_tensor *output, ct_computation run,
    void (*release)(void *), void *context);

#ifdef __cplusplus
}
#endif

#endif
