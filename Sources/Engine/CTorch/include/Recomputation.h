#ifndef CTORCH_RECOMPUTATION_H
#define CTORCH_RECOMPUTATION_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A part of a forward pass in the caller's language. It takes over the tensors of `inputs` and hands over its result; NULL
/// says that it failed, after a call of `ct_fail`.
typedef ct_tensor *(*ct_computation)(void *context, ct_tensor *const *inputs, int count);

/// The message of the failure under way in this thread.
void ct_fail(const char *message);

/// Another handle of the same tensor.
ct_tensor *ct_share(const ct_tensor *tensor);

/// Gives `output`, which `run` made of `inputs` without gradients, a backward pass that runs it again with gradients, under
/// the autocast mode of now, and goes back through what that records.
///
/// `context` is taken over even by a call that fails: `release` is called with it exactly once, when the backward pass
/// has been through or the result is gone. Either may be in another thread.
ct_tensor *ct_recompute(
    const ct_tensor *const *inputs, int count, const ct_tensor *output, ct_computation run,
    void (*release)(void *), void *context);

#ifdef __cplusplus
}
#endif

#endif
