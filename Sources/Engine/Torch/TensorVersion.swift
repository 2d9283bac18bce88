import CTorch

/// A tensor as it was at some time, to be compared with its present state.
///
/// Two versions are equal if they are of the same tensor, and it was not changed in place in between: through any reference
/// or view, or by a new storage.
public struct TensorVersion: Equatable, Sendable {
  /// Kept, so that no other tensor takes its place in memory.
  private let tensor: Tensor
  private let identity: UInt
  private let changeCount: Int64

  /// `tensor` as it is now.
  public init(_ tensor: Tensor) {
    self.tensor = tensor
    identity = tensor.ask { ct_identity($0) }
    changeCount = tensor.ask { ct_change_count($0) }
  }

  /// Whether both are of the same tensor, unchanged.
  public static func == (a: TensorVersion, b: TensorVersion) -> Bool {
    a.identity == b.identity && a.changeCount == b.changeCount
  }

  /// Whether the tensor is still as it was.
  public var isCurrent: Bool { self == TensorVersion(tensor) }
}
