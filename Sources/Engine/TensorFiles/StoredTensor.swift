import Foundation

/// A tensor as a file holds it: an element type, a shape and the bytes, without operations on them.
///
/// Two tensors are equal if type, shape and bytes are; so two NaNs with the same bits are equal.
public struct StoredTensor: Sendable, Equatable {
  /// What one element is.
  public let elementType: ElementType

  /// Lengths of the axes; empty for a scalar.
  public let shape: [Int]

  /// The elements in row-major order, little-endian, without gaps.
  ///
  /// For a file that was read, this is usually a slice of the mapped file. Nothing is copied until
  /// it is touched, and the first byte may lie at any address: copy with `memcpy`, or load unaligned.
  public let bytes: Data

  /// A tensor of the given bytes.
  ///
  /// - Throws: `SizeMismatch` if the length of `bytes` does not fit type and shape.
  public init(elementType: ElementType, shape: [Int], bytes: Data) throws(SizeMismatch) {
    guard elementType.byteCount(ofShape: shape) == bytes.count else {
      throw SizeMismatch(elementType: elementType, shape: shape, byteCount: bytes.count)
    }
    self.elementType = elementType
    self.shape = shape
    self.bytes = bytes
  }

  /// Number of elements.
  public var elementCount: Int { bytes.count / elementType.size }
}

extension StoredTensor {
  /// The error that the number of a tensor's bytes does not fit its type and shape.
  public struct SizeMismatch: Error, Equatable, Sendable, CustomStringConvertible {
    /// The requested element type.
    public let elementType: ElementType

    /// The requested shape.
    public let shape: [Int]

    /// The number of bytes found.
    public let byteCount: Int

    /// The mismatch in one sentence.
    public var description: String {
      let expected = elementType.byteCount(ofShape: shape).map { "\($0) bytes" } ?? "a valid shape"
      return "A \(elementType) tensor of shape \(shape): expected \(expected), found \(byteCount)."
    }
  }
}
