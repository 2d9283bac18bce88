/// A Swift number that is the element of a tensor.
public protocol Scalar: BitwiseCopyable, Sendable {
  /// The element type of tensors of this number.
  static var dtype: DType { get }
  /// The number that an absent element stands for.
  static var zero: Self { get }
}

extension Float: Scalar {
  /// `float32`.
  public static var dtype: DType { .float32 }
}

extension Double: Scalar {
  /// `float64`.
  public static var dtype: DType { .float64 }
}

extension Int64: Scalar {
  /// `int64`.
  public static var dtype: DType { .int64 }
}

extension UInt8: Scalar {
  /// `uint8`.
  public static var dtype: DType { .uint8 }
}
