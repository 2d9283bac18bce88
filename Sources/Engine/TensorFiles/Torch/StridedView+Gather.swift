import Foundation

extension StridedView {
  /// A row-major copy of the elements; the caller has checked that all are within `source`.
  ///
  /// - Parameter swapsBytes: whether the storage is big-endian.
  func gather(from source: Data, byteCount: Int, swapsBytes: Bool) -> Data {
    switch storage.elementType.size {
    case 1: gather(UInt8.self, from: source, byteCount: byteCount, swapsBytes: swapsBytes)
    case 2: gather(UInt16.self, from: source, byteCount: byteCount, swapsBytes: swapsBytes)
    case 4: gather(UInt32.self, from: source, byteCount: byteCount, swapsBytes: swapsBytes)
    default: gather(UInt64.self, from: source, byteCount: byteCount, swapsBytes: swapsBytes)
    }
  }

  /// The copy, with elements treated as plain patterns of bits.
  private func gather<Pattern: FixedWidthInteger & BitwiseCopyable>(
    _ type: Pattern.Type, from source: Data, byteCount: Int, swapsBytes: Bool
  ) -> Data {
    let size = MemoryLayout<Pattern>.size
    var result = Data(count: byteCount)
    result.withUnsafeMutableBytes { (target: UnsafeMutableRawBufferPointer) in
      source.withUnsafeBytes { (elements: UnsafeRawBufferPointer) in
        var position = [Int](repeating: 0, count: shape.count)
        var element = offset
        for start in stride(from: 0, to: byteCount, by: size) {
          let pattern = elements.loadUnaligned(fromByteOffset: element * size, as: type)
          target.storeBytes(
            of: swapsBytes ? pattern.byteSwapped : pattern, toByteOffset: start, as: type)
          advance(&position, &element)
        }
      }
    }
    return result
  }

  /// Moves to the next position in row-major order and to the offset of its element.
  private func advance(_ position: inout [Int], _ element: inout Int) {
    // An axis of length 1 may have any stride, even one that overflows when it is added.
    for axis in shape.indices.reversed() where shape[axis] > 1 {
      position[axis] += 1
      element += strides[axis]
      if position[axis] < shape[axis] { break }
      element -= shape[axis] * strides[axis]
      position[axis] = 0
    }
  }
}
