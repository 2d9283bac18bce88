#ifndef CTORCH_THREADED_PASS_H
#define CTORCH_THREADED_PASS_H

#include "Tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Calls `run` with `context` and 0 ..< `count` from libtorch's threads at the same time; each call records gradients if this one
/// does, and does its operations in its thread alone.
int ct_in_threads(int count, void (*run)(void *context, int part), void *context);

/// Joins what a pass made of the rows of its input, of which each part had some: `output_count` tensors of every part, those of the
/// first part first. The joined tensors, written to `results`, have one backward pass, in which each part's is done by a
/// thread of its own; the gradients of parameters are added up in the order of the parts.
/// - `inputs`: the whole input, and then the rows of each part, leaves that learn if the input does.
int ct_join_threads(
    const ct_tensor *const *inputs, int part_count, const ct_tensor *const *outputs, int output_count,
    ct_tensor **results);

#ifdef __cplusplus
}
#endif

#endif
