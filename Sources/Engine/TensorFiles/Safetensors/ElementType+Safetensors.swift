import ElementTypes

extension ElementType {
  /// The element type with this name in a safetensors header.
  init?(safetensorsName name: String) {
    guard let type = Self.allCases.first(where: { $0.safetensorsName == name }) else { return nil }
    self = type
  }

  /// The names of all types that can be read and written here.
  static var safetensorsNames: [String] {
    allCases.map(\.safetensors).sorted { $0.rank < $1.rank }.map(\.name)
  }

  /// The name in a safetensors header.
  var safetensorsName: String { safetensors.name }

  /// The position in the order of the format's own library, which writes the later types first and so keeps every tensor
  /// aligned to its element.
  var safetensorsRank: Int { safetensors.rank }

  private var safetensors: (rank: Int, name: String) {
    switch self {
    case .bool: (0, "BOOL")
    case .uint8: (1, "U8")
    case .int8: (2, "I8")
    case .int16: (3, "I16")
    case .float16: (4, "F16")
    case .bfloat16: (5, "BF16")
    case .int32: (6, "I32")
    case .float32: (7, "F32")
    case .float64: (8, "F64")
    case .int64: (9, "I64")
    }
  }
}
