#ifndef CTORCH_AUTOCAST_H
#define CTORCH_AUTOCAST_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The number of the type in which convolutions and matrix products run, in this thread and on the CPU or on CUDA devices;
/// -1 if autocast is off, or there is no such device.
int ct_autocast_dtype(int device);
/// Convolutions and matrix products then run in `dtype`, as under PyTorch's `autocast`; -1 turns autocast off.
int ct_set_autocast(int device, int dtype);

#ifdef __cplusplus
}
#endif

#endif
