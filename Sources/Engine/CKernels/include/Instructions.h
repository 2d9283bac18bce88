#pragma once

namespace vectors {

/// Instruction sets for vectors, from narrow to wide.
enum class Instructions { plain, avx2, avx512 };

/// What the processor offers, as libtorch sees it (`ATEN_CPU_CAPABILITY` limits both), unless `limit` was called.
Instructions chosen();

/// Whether `chosen()` multiply numbers in bfloat16 (AVX512-BF16, which every processor with AMX has).
bool multiply_bfloat16();

/// Uses none that is wider, so that tests can compare them.
void limit(Instructions widest);

}  // namespace vectors
