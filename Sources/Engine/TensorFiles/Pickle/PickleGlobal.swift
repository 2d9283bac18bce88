/// The Python names that a pickle may ask for: the whole list of what it can call.
enum PickleGlobal {
  case orderedDictionary, set, size, bytes
  case rebuildTensor, rebuildParameter
  case storage(ElementType)

  /// The meaning of a qualified name.
  enum Resolution {
    case known(PickleGlobal)
    /// A storage whose element type cannot be read here.
    case unsupportedElements(String)
    case forbidden
  }

  static func resolve(module: String, name: String) -> Resolution {
    switch "\(module).\(name)" {
    case "collections.OrderedDict": return .known(.orderedDictionary)
    case "builtins.set", "__builtin__.set": return .known(.set)
    case "torch.Size": return .known(.size)
    // This is how protocol 2 writes bytes, from Python 3 and for the empty string.
    case "_codecs.encode", "builtins.bytes", "__builtin__.bytes": return .known(.bytes)
    // The second one has requires_grad and hooks after the arguments of the first.
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2":
      return .known(.rebuildTensor)
    case "torch._utils._rebuild_parameter": return .known(.rebuildParameter)
    default: break
    }
    guard module == "torch" else { return .forbidden }
    if let type = storages[name] { return .known(.storage(type)) }
    if let elements = unsupportedStorages[name] { return .unsupportedElements(elements) }
    return .forbidden
  }

  /// The name of the class in Python's module `torch` that holds a storage of the type.
  static func storageName(_ type: ElementType) -> String {
    switch type {
    case .float16: "HalfStorage"
    case .bfloat16: "BFloat16Storage"
    case .float32: "FloatStorage"
    case .float64: "DoubleStorage"
    case .uint8: "ByteStorage"
    case .int8: "CharStorage"
    case .int16: "ShortStorage"
    case .int32: "IntStorage"
    case .int64: "LongStorage"
    case .bool: "BoolStorage"
    }
  }

  private static let storages = Dictionary(
    uniqueKeysWithValues: ElementType.allCases.map { (storageName($0), $0) })

  private static let unsupportedStorages = [
    "ComplexFloatStorage": "complex64", "ComplexDoubleStorage": "complex128",
    "QInt8Storage": "qint8", "QUInt8Storage": "quint8", "QInt32Storage": "qint32",
    "QUInt4x2Storage": "quint4x2", "QUInt2x4Storage": "quint2x4",
  ]
}
