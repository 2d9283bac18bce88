import Torch

/// A convolution's kernels with a norm folded in, and what they were made of.
struct FoldedKernels {
  /// The tensors of convolution and norm as they were.
  let sources: [TensorVersion]
  /// The type that passes run in.
  let dtype: DType
  /// What is laid on the input.
  let kernels: Kernels

  /// Whether no source has changed since.
  var isCurrent: Bool { sources.allSatisfy(\.isCurrent) }
}
