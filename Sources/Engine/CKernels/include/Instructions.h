#pragma once

namespace vectors {

/// Instruction sets for vectors, from narrow to wide.
enum class Instructions { plain, avx2, avx512 };

/// What the processor offers, as libtorch sees it (`ATEN_CPU_CAPABILITY` limits both), unless `limit` was called.
Instructions chosen();

/// Uses none that is wider, so that tests can compare them.
void limit(Instructions widest);

}  // namespace vectors
