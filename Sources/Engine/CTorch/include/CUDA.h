#ifndef CTORCH_CUDA_H
#define CTORCH_CUDA_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A copy of pinned memory to a CUDA device, while the device computes. It returns before the elements are there; work that
/// is given to this thread's stream afterwards, from any thread, waits for them.
ct_tensor *ct_to_device_ahead(const ct_tensor *a, int device);

/// Work of a CUDA device that was recorded, so that it can be repeated as a whole.
typedef struct ct_cuda_graph ct_cuda_graph;

/// From now on the work that this thread gives to the device, and its backward passes there, are recorded, not done.
/// Tensors that are made meanwhile are in memory that belongs to the graph.
ct_cuda_graph *ct_cuda_graph_begin(int device);
/// Ends the recording, in the same thread, even if its work failed.
int ct_cuda_graph_end(ct_cuda_graph *graph);
/// Does the work, on the elements that its tensors hold now; returns before it is done.
int ct_cuda_graph_replay(ct_cuda_graph *graph);
void ct_cuda_graph_free(ct_cuda_graph *graph);

/// Work that may run beside the work after it while a device is being recorded; `kernels::Branch`.
typedef struct ct_branch ct_branch;

/// From now on the work that this thread gives to the device is the branch's.
ct_branch *ct_branch_begin(int device);
/// The work that follows is not.
int ct_branch_end(ct_branch *branch);
/// The work that follows begins after the branch's.
int ct_branch_join(ct_branch *branch);
void ct_branch_free(ct_branch *branch);

#ifdef __cplusplus
}
#endif

#endif
