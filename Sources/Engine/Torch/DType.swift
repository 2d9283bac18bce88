@_exported import ElementTypes

/// The element type of a tensor.
public typealias DType = ElementType

extension DType {
  /// The number of the c10::ScalarType.
  var scalarType: Int32 {
    switch self {
    case .uint8: 0
    case .int8: 1
    case .int16: 2
    case .int32: 3
    case .int64: 4
    case .float16: 5
    case .float32: 6
    case .float64: 7
    case .bool: 11
    case .bfloat16: 15
    }
  }

  /// The type with the number of a c10::ScalarType, if it has a name here.
  init?(scalarType: Int32) {
    guard let type = Self.allCases.first(where: { $0.scalarType == scalarType }) else { return nil }
    self = type
  }
}
