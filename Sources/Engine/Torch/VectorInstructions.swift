import CTorch

/// Instructions of a processor that compute with vectors of numbers, from narrow to wide.
///
/// Convolutions by Winograd's filtering are compiled for each of them; libtorch's own operations choose by themselves.
public enum VectorInstructions: Int, Comparable, Sendable {
  /// Those that every processor of the architecture has.
  case plain
  /// AVX2 with fused multiplication and addition.
  case avx2
  /// AVX-512 (F, BW, DQ and VL).
  case avx512

  /// Those in use: the widest that the processor has, unless `limit(to:)` or the environment's `ATEN_CPU_CAPABILITY` allows less.
  public static var chosen: Self {
    switch ct_vectors() {
    case CT_AVX512: .avx512
    case CT_AVX2: .avx2
    default: .plain
    }
  }

  /// Whether those in use multiply numbers in bfloat16 (AVX512-BF16, and with it AMX); the others convert them to float32 and back.
  public static var multiplyBFloat16: Bool { ct_vectors_multiply_bfloat16() != 0 }

  /// Uses none that is wider, in the whole process, so that the others can be compared with them.
  package static func limit(to widest: Self) {
    let limits = [plain: CT_PLAIN, avx2: CT_AVX2, avx512: CT_AVX512]
    ct_limit_vectors(limits[widest] ?? CT_PLAIN)
  }

  /// Whether the first are narrower.
  public static func < (first: Self, second: Self) -> Bool {
    first.rawValue < second.rawValue
  }
}
