/// What one element of a tensor is, in memory and in files.
public enum ElementType: String, Sendable, CaseIterable, CustomStringConvertible {
  case uint8, int8, int16, int32, int64
  case float16, float32, float64
  case bool
  case bfloat16

  /// The bytes of one element.
  public var size: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .int16, .float16, .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// PyTorch's name, such as `float32`.
  public var description: String { rawValue }
}
