import Torch

/// A convolution's kernels with a norm folded in, and the tensors from which they were made.
struct FoldedKernels {
  /// The tensors of convolution and norm as they were.
  let sources: [TensorVersion]
  /// The type in which passes run.
  let dtype: DType
  /// The kernels that are applied to the input.
  let kernels: Kernels

  /// Whether no source has changed since.
  var isCurrent: Bool { sources.allSatisfy(\.isCurrent) }
}
