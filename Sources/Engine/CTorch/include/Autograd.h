#ifndef CTORCH_AUTOGRAD_H
#define CTORCH_AUTOGRAD_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

bool ct_gradients_enabled(void);
/// For this thread only.
void ct_enable_gradients(bool enabled);

bool ct_requires_gradient(const ct_tensor *tensor);
int ct_require_gradient(ct_tensor *tensor, bool required);
int ct_backward(ct_tensor *loss);
/// An undefined gradient is a success with `*gradient` NULL.
int ct_gradient(const ct_tensor *tensor, ct_tensor **gradient);
/// Lets `gradient` itself, not a copy, be the gradient.
int ct_set_gradient(ct_tensor *tensor, const ct_tensor *gradient);
/// Drops the gradient, so that the next backward pass starts anew.
int ct_clear_gradient(ct_tensor *tensor);
ct_tensor *ct_detach(const ct_tensor *tensor);

#ifdef __cplusplus
}
#endif

#endif
