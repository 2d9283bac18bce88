/// A tensor as a pickle describes it: a view of a storage; all numbers count elements.
struct StridedView {
  /// The most axes a tensor may have.
  static let maximumRank = 16

  let storage: StorageReference
  let offset: Int
  let shape: [Int]
  let strides: [Int]

  /// Whether the elements lie in row-major order without gaps.
  var isContiguous: Bool {
    var expected = 1
    for (length, stride) in zip(shape, strides).reversed() where length != 1 {
      guard stride == expected else { return false }
      let (product, overflow) = expected.multipliedReportingOverflow(by: length)
      guard !overflow else { return false }
      expected = product
    }
    return true
  }

  /// One past the last element that is used, or nil where an index is negative or does not fit.
  var end: Int? {
    guard offset >= 0, shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 }) else {
      return nil
    }
    guard !shape.contains(0) else { return offset }
    var last = offset
    for (length, stride) in zip(shape, strides) {
      let (span, tooWide) = (length - 1).multipliedReportingOverflow(by: stride)
      let (sum, tooFar) = last.addingReportingOverflow(span)
      guard !tooWide, !tooFar else { return nil }
      last = sum
    }
    let (end, overflow) = last.addingReportingOverflow(1)
    return overflow ? nil : end
  }
}
