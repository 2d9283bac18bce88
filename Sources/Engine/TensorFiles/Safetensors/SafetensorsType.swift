/// The names of element types in a safetensors header.
enum SafetensorsType: String, CaseIterable {
  // In the order of the format's own library, which writes the later ones first and so keeps
  // every tensor aligned to its element.
  case bool = "BOOL"
  case uint8 = "U8"
  case int8 = "I8"
  case int16 = "I16"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case int32 = "I32"
  case float32 = "F32"
  case float64 = "F64"
  case int64 = "I64"

  init(_ type: ElementType) {
    switch type {
    case .bool: self = .bool
    case .uint8: self = .uint8
    case .int8: self = .int8
    case .int16: self = .int16
    case .float16: self = .float16
    case .bfloat16: self = .bfloat16
    case .int32: self = .int32
    case .float32: self = .float32
    case .float64: self = .float64
    case .int64: self = .int64
    }
  }

  var elementType: ElementType {
    switch self {
    case .bool: .bool
    case .uint8: .uint8
    case .int8: .int8
    case .int16: .int16
    case .float16: .float16
    case .bfloat16: .bfloat16
    case .int32: .int32
    case .float32: .float32
    case .float64: .float64
    case .int64: .int64
    }
  }

  /// Place in the library's order of types.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
