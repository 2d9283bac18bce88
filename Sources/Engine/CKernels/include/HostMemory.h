#pragma once

namespace kernels {

/// Makes this process keep memory that it has freed, for its next tensors, with the alignment that libtorch needs.
void keep_freed_memory();

}  // namespace kernels
