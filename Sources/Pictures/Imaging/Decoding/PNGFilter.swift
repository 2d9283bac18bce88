import CPixels

/// The value that was subtracted from the bytes of a PNG row before compression.
package enum PNGFilter: UInt8, CaseIterable {
  case none
  /// The byte of the pixel before.
  case left
  /// The byte above.
  case above
  /// The mean of the two.
  case mean
  /// The one of left, above and above left that is nearest to left + above − above left.
  case nearest

  /// Undoes the filters of rows, each of which has the number of its filter before it.
  ///
  /// - Parameters:
  ///   - rowBytes: the number of bytes of a row, without that number; at least 1.
  ///   - pixelBytes: the number of bytes of a pixel, at least 1.
  /// - Returns: nil if a filter is unknown, or the last row is not complete.
  package static func undone(
    _ filtered: [UInt8], rowBytes: Int, pixelBytes: Int
  ) -> [UInt8]? {
    guard rowBytes > 0, pixelBytes > 0, filtered.count % (rowBytes + 1) == 0 else { return nil }
    let rowCount = filtered.count / (rowBytes + 1)
    let noRow = [UInt8](repeating: 0, count: rowBytes)
    var isKnown = true
    let rows = [UInt8](unsafeUninitializedCapacity: rowCount * rowBytes) { output, count in
      filtered.withUnsafeBufferPointer { filtered in
        noRow.withUnsafeBufferPointer { noRow in
          var above = noRow
          for row in 0..<rowCount {
            let start = row * (rowBytes + 1)
            guard let filter = PNGFilter(rawValue: filtered[start]) else {
              isKnown = false
              return
            }
            let source = UnsafeBufferPointer(
              rebasing: filtered[(start + 1)..<(start + 1 + rowBytes)])
            let target = UnsafeMutableBufferPointer(
              rebasing: output[(row * rowBytes)..<((row + 1) * rowBytes)])
            filter.undo(source, above: above, pixelBytes: pixelBytes, into: target)
            above = UnsafeBufferPointer(target)
          }
          count = rowCount * rowBytes
        }
      }
    }
    return isKnown ? rows : nil
  }

  private func undo(
    _ source: UnsafeBufferPointer<UInt8>, above: UnsafeBufferPointer<UInt8>, pixelBytes: Int,
    into output: UnsafeMutableBufferPointer<UInt8>
  ) {
    let done =
      VectorUnit.isUsed ? undoByVectors(source, above, pixelBytes, output) : 0
    switch self {
    case .none:
      _ = output.update(fromContentsOf: source)
    case .left:
      for index in done..<source.count {
        let left = index < pixelBytes ? 0 : output[index &- pixelBytes]
        output[index] = source[index] &+ left
      }
    case .above:
      for index in done..<source.count { output[index] = source[index] &+ above[index] }
    case .mean:
      for index in done..<source.count {
        let left = index < pixelBytes ? 0 : Int(output[index &- pixelBytes])
        output[index] = source[index] &+ UInt8((left &+ Int(above[index])) &>> 1)
      }
    case .nearest:
      for index in done..<source.count {
        let left = index < pixelBytes ? 0 : output[index &- pixelBytes]
        let corner = index < pixelBytes ? 0 : above[index &- pixelBytes]
        output[index] = source[index] &+ Self.nearest(left, above[index], corner)
      }
    }
  }

  /// Undoes the filter of the first bytes of a row; returns how many those are.
  private func undoByVectors(
    _ source: UnsafeBufferPointer<UInt8>, _ above: UnsafeBufferPointer<UInt8>, _ pixelBytes: Int,
    _ output: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    let (bytes, row, target) = (source.baseAddress, above.baseAddress, output.baseAddress)
    return switch self {
    case .none: 0
    case .left: cpx_add_left(bytes, source.count, pixelBytes, target)
    case .above: cpx_add_above(bytes, row, source.count, target)
    case .mean: cpx_add_mean(bytes, row, source.count, pixelBytes, target)
    case .nearest: cpx_add_nearest(bytes, row, source.count, pixelBytes, target)
    }
  }

  /// The first of the three nearest to left + above − corner.
  @inline(__always)
  private static func nearest(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
    let fromLeft = abs(Int(above) - Int(corner))
    let fromAbove = abs(Int(left) - Int(corner))
    let fromCorner = abs(Int(left) + Int(above) - 2 * Int(corner))
    if fromLeft <= fromAbove, fromLeft <= fromCorner { return left }
    return fromAbove <= fromCorner ? above : corner
  }
}
