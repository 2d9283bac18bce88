#pragma once

#include <cstdint>
#include <functional>

namespace kernels {

/// Calls `body` with 0 ..< `count` from libtorch's threads at the same time; whatever a call computes is done by its thread alone.
///
/// Threads that share every operation wait for each other at the end of each; those that take parts of the work wait once.
void in_threads(int64_t count, const std::function<void(int64_t)> &body);

}  // namespace kernels
