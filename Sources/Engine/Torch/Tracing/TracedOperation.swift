/// An operation that a trace can record, with everything that it does besides its operands.
public enum TracedOperation: Sendable, Equatable {
  /// What surrounds the input of a convolution.
  public enum Padding: Sendable, Equatable {
    /// The given number of zeros on every side.
    case symmetric(Int)
    /// As many zeros as give ⌈size / stride⌉ outputs; an odd zero is added to the right and at the bottom.
    case same
  }

  /// The operand itself, perhaps with another layout in memory.
  case identity
  /// The activation of a convolution of N×C×H×W maps; operands: the maps, the kernels, the factor of each kernel, the bias.
  case convolution(
    stride: Int, padding: Padding, dilation: Int, groups: Int, activation: Activation)
  /// x·Wᵀ + b; operands: x of N×I, W and b.
  case linear
  /// The same of x with more dimensions than two.
  case projection
  /// max(x, 0).
  case relu
  /// min(max(x, 0), 6).
  case relu6
  /// 1 / (1 + e^-x).
  case sigmoid
  /// The sum of two operands, element by element.
  case sum
  /// The same sum, or 0 where it is negative.
  case rectifiedSum
  /// The product of two operands, element by element.
  case product
  /// The largest value of each window.
  case maxPooling(kernel: Int, stride: Int, padding: Int)
  /// The mean of each square, side by side.
  case averagePooling(side: Int)
  /// The mean along dimensions, which stay with size 1 if `keeping`.
  case mean(dimensions: [Int], keeping: Bool)
  /// The operands one after the other along a dimension.
  case concatenation(dimension: Int)
  /// A part of a dimension.
  case narrowing(dimension: Int, range: Range<Int>)
  /// Batch norm with constant statistics; operands: the maps, γ, β, mean and variance.
  case batchNorm(epsilon: Double)
  /// Every channel of every map by its own mean and variance; operands: the maps, γ and β.
  case instanceNorm(epsilon: Double)
  /// A map of one place, repeated at every place of the second operand.
  case repetition
  /// A tensor whose first dimension is 1, repeated for every element of the first dimension of the second operand.
  case batchRepetition
  /// The last dimension by its own mean and variance; operands: x, γ and β.
  case layerNorm(epsilon: Double)
  /// x·Φ(x).
  case gelu
  /// x·σ(1.702·x).
  case quickGELU
  /// x·σ(x).
  case silu
  /// Scaled to Euclidean norm 1 along a dimension.
  case normalizing(dimension: Int)
  /// eˣ / Σ eˣ along a dimension.
  case softmax(dimension: Int)
  /// Scaled dot-product attention of N×L×3·heads·width.
  case attention(heads: Int, width: Int)
  /// The dimensions in another order.
  case permutation([Int])
  /// The same elements in another shape after the first dimension, which stays.
  case reshaping([Int])
  /// One slice of a dimension, which is dropped.
  case selection(dimension: Int, index: Int)
  /// Maps at another size, by linear interpolation.
  case resizing(height: Int, width: Int, alignCorners: Bool)
  /// Maps at the size of the second operand, by linear interpolation.
  case resizingToPlaces(alignCorners: Bool)

  /// Whether the result may share its elements with the first operand.
  var mayShareElements: Bool {
    switch self {
    case .identity, .narrowing, .repetition, .batchRepetition, .permutation, .reshaping,
      .selection:
      true
    default: false
    }
  }

  /// Whether it says sizes of maps, so that a graph with it takes images of one size alone.
  public var isOfOneSize: Bool {
    switch self {
    case .reshaping, .resizing: true
    default: false
    }
  }
}
