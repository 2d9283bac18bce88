/// What one element of a stored tensor is.
public enum ElementType: String, Sendable, CaseIterable {
  case float16, bfloat16, float32, float64
  case uint8, int8, int16, int32, int64
  case bool

  /// Bytes of one element.
  public var size: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .float16, .bfloat16, .int16: 2
    case .float32, .int32: 4
    case .float64, .int64: 8
    }
  }

  /// Bytes of a contiguous tensor of this type, or nil where a length is negative or the product
  /// does not fit an `Int`.
  func byteCount(ofShape shape: [Int]) -> Int? {
    guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
    // An empty tensor is empty however large its other lengths are.
    guard !shape.contains(0) else { return 0 }
    var count = size
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow else { return nil }
      count = product
    }
    return count
  }
}
