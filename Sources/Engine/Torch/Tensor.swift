import CTorch

/// A libtorch tensor: a reference to elements of one type on one device, in any number of dimensions.
///
/// Copying a `Tensor` copies the reference, as in PyTorch; operations return new tensors, and those whose
/// names end in `InPlace` change the elements that all references see.
/// libtorch counts references atomically, so a tensor may be used in several threads; the caller must make sure
/// that no tensor is changed while another thread reads it.
public struct Tensor: @unchecked Sendable {
  /// Owns the C handle; released with its last reference.
  private final class Handle {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
      self.pointer = pointer
    }

    deinit {
      ct_tensor_free(pointer)
    }
  }

  private let handle: Handle

  /// Takes ownership of a handle that the C interface returned.
  init(owning pointer: OpaquePointer) {
    handle = Handle(pointer)
  }

  /// Calls the C interface with the handles of `operands`, which live until the call has returned.
  ///
  /// Swift may release an object after its last use in Swift, which is before C is done with it: every
  /// operation goes through here or through `perform`.
  /// - Parameter traced: what an `OperationTrace` records; nil for an operation that exported networks cannot have.
  static func produce(
    _ operation: String, _ operands: [Tensor?], as traced: TracedOperation? = nil,
    _ body: ([OpaquePointer?]) -> OpaquePointer?
  ) throws(TorchError) -> Tensor {
    let result = withExtendedLifetime(operands) { body(operands.map { $0?.handle.pointer }) }
    guard let result else { throw .last(operation, operands) }
    let tensor = Tensor(owning: result)
    OperationTrace.record(operation, traced, operands, result: tensor)
    return tensor
  }

  /// The same for a call that returns a status; it may change the first operand.
  static func perform(
    _ operation: String, _ operands: [Tensor?], as traced: TracedOperation? = nil,
    _ body: ([OpaquePointer?]) -> Int32
  ) throws(TorchError) {
    let status = withExtendedLifetime(operands) { body(operands.map { $0?.handle.pointer }) }
    guard status == 0 else { throw .last(operation, operands) }
    if case let first?? = operands.first {
      OperationTrace.record(operation, traced, operands, result: first, inPlace: true)
    }
  }

  /// Calls the C interface with the handles of many tensors.
  static func withPointers<Result>(
    of operands: [Tensor], _ body: ([OpaquePointer?]) throws(TorchError) -> Result
  ) throws(TorchError) -> Result {
    try withExtendedLifetime(operands) { () throws(TorchError) in
      try body(operands.map(\.handle.pointer))
    }
  }

  /// Tells apart the tensors that are alive; copies of a `Tensor` have the same one.
  package var identity: ObjectIdentifier { ObjectIdentifier(handle) }

  /// The same for a call that cannot fail.
  func ask<Answer>(_ body: (OpaquePointer) -> Answer) -> Answer {
    withExtendedLifetime(handle) { body(handle.pointer) }
  }
}

extension Tensor {
  /// The number of dimensions.
  public var rank: Int { ask { Int(ct_rank($0)) } }

  /// The size of each dimension.
  public var shape: [Int] {
    ask { pointer in (0..<ct_rank(pointer)).map { Int(ct_size(pointer, $0)) } }
  }

  /// The number of elements.
  public var count: Int { ask { Int(ct_count($0)) } }

  /// The element type.
  public var dtype: DType {
    // Types are given only as `DType`, and no operation of the C interface makes a type that is not one of its cases.
    guard let dtype = DType(scalarType: ask { ct_dtype($0) }) else {
      preconditionFailure("libtorch made an element type that DType does not name")
    }
    return dtype
  }

  /// Where the elements are.
  public var device: Device { ask { Device(number: ct_device($0)) } }

  /// Whether the elements of an N×C×H×W tensor lie in N×H×W×C order.
  public var isChannelsLast: Bool { ask { ct_is_channels_last($0) } }

  /// Type and shape, such as `float32[2, 3]`.
  public var signature: String { "\(dtype)\(shape)" }
}
