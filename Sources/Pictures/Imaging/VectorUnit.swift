import CPixels

/// The processor's instructions for many samples at a time, beyond those that every processor has.
package enum VectorUnit {
  /// Instruction sets, from narrow to wide.
  package enum Instructions: CaseIterable, Comparable, Sendable {
    case plain, avx2, avx512

    fileprivate init(_ instructions: cpx_instructions) {
      switch instructions {
      case cpx_avx512: self = .avx512
      case cpx_avx2: self = .avx2
      default: self = .plain
      }
    }

    /// The same for functions in C.
    var forC: cpx_instructions {
      switch self {
      case .plain: cpx_plain
      case .avx2: cpx_avx2
      case .avx512: cpx_avx512
      }
    }
  }

  /// The widest that loops over samples use: at first what the processor has. The results are the same; tests narrow it for a while
  /// to compare.
  @TaskLocal package static var widest = Instructions(cpx_offered())

  /// Whether loops over samples use any.
  static var isUsed: Bool { widest > .plain }
}
