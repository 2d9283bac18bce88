#ifndef CTORCH_CUDA_H
#define CTORCH_CUDA_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A copy of pinned memory to a CUDA device, beside what the device computes. Returns before the elements are there; what
/// this thread's stream is asked for afterwards, by whomever, waits for them.
ct_tensor *ct_to_device_ahead(const ct_tensor *a, int device);

/// Work of a CUDA device, recorded to be asked for again as a whole.
typedef struct ct_cuda_graph ct_cuda_graph;

/// From now on what this thread asks of the device, and the backward passes it starts there, is recorded and not done.
/// Tensors made meanwhile lie in memory that stays the graph's own.
ct_cuda_graph *ct_cuda_graph_begin(int device);
/// Ends the recording, in the same thread, also where its work failed.
int ct_cuda_graph_end(ct_cuda_graph *graph);
/// Does the work, on the elements that its tensors hold now; returns before it is done.
int ct_cuda_graph_replay(ct_cuda_graph *graph);
void ct_cuda_graph_free(ct_cuda_graph *graph);

#ifdef __cplusplus
}
#endif

#endif
