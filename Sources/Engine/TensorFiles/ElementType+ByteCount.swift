@_exported import ElementTypes

extension ElementType {
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
