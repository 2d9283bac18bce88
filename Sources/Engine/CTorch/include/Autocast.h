#ifndef CTORCH_AUTOCAST_H
#define CTORCH_AUTOCAST_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Of this thread only, for operations on the CPU or on CUDA devices.
bool ct_autocast_enabled(int device);
/// The number of the type that convolutions run in; -1 where autocast is off.
int ct_autocast_dtype(int device);
/// Convolutions and matrix products then run in `dtype`, as under PyTorch's `autocast`. Turning it
/// off forgets the cast weights.
int ct_enable_autocast(int device, bool enabled, int dtype);

#ifdef __cplusplus
}
#endif

#endif
