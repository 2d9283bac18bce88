#ifndef CTORCH_PROCESS_GROUP_H
#define CTORCH_PROCESS_GROUP_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

// The table of keys and values by which processes find each other (c10d::TCPStore). A store waits for answers with its
// lock held: threads that should not wait for each other have one each.
typedef struct ct_store ct_store;
/// Opens the store at `host`; `serves` keeps it in this process, at any free port for port 0. Keys begin with `prefix`.
ct_store *ct_store_open(
    const char *host, int port, bool serves, const char *prefix, int64_t timeout_milliseconds);
void ct_store_free(ct_store *store);
int ct_store_port(const ct_store *store);
/// How long an answer is waited for from now on.
int ct_store_limit(ct_store *store, int64_t timeout_milliseconds);
int ct_store_set(ct_store *store, const char *key, const void *bytes, size_t count);
/// Sets the value if there is none yet; the value that is there afterwards, as bytes.
ct_tensor *ct_store_set_first(ct_store *store, const char *key, const void *bytes, size_t count);
/// The bytes of the value, for which it waits as long as the store's time limit.
ct_tensor *ct_store_get(ct_store *store, const char *key);
int ct_store_has(ct_store *store, const char *key, bool *is_there);

// Processes that compute together (c10d::ProcessGroupGloo, and c10d::ProcessGroupNCCL for tensors on CUDA devices).
typedef struct ct_process_group ct_process_group;
/// Connects `size` processes, each of which calls this with its own rank and the same keys; `address` is that of a network
/// interface of this machine, or empty for libtorch's choice; `device` is this process's own CUDA device, or -1.
ct_process_group *ct_process_group_join(
    ct_store *store, const char *keys, int rank, int size, const char *address, int device,
    int64_t timeout_milliseconds);
void ct_process_group_free(ct_process_group *group);
/// Each process's tensor becomes the sum over all.
int ct_all_reduce(ct_process_group *group, ct_tensor *tensor);
/// The tensors of all processes, which have the same shape, as one with another dimension in front, by rank.
ct_tensor *ct_all_gather(ct_process_group *group, const ct_tensor *tensor);
int ct_broadcast(ct_process_group *group, ct_tensor *tensor, int root);
int ct_barrier(ct_process_group *group);
/// The sum over all processes; the gradient of each operand is the sum of the gradients of all results.
ct_tensor *ct_sum_over(ct_process_group *group, const ct_tensor *tensor);

// Gradients that are averaged over processes while the backward pass computes the others (c10d::Reducer).
typedef struct ct_reducer ct_reducer;
ct_reducer *ct_reducer_make(
    ct_process_group *group, ct_tensor *const *parameters, int count);
void ct_reducer_free(ct_reducer *reducer);
/// The backward pass of `loss`; afterwards the gradient of each parameter is the mean over all processes.
int ct_reducer_backward(ct_reducer *reducer, ct_tensor *loss);

#ifdef __cplusplus
}
#endif

#endif
