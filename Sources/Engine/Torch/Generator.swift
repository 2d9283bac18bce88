import CTorch

/// A seeded source of random tensors on one device, independent of all other sources.
public final class Generator {
  private let pointer: OpaquePointer

  /// A generator at the start of the sequence of `seed`.
  public init(seed: UInt64, device: Device = .cpu) throws(TorchError) {
    guard let pointer = ct_generator_make(seed, device.number) else {
      throw .last("Generator(seed:)")
    }
    self.pointer = pointer
  }

  deinit {
    ct_generator_free(pointer)
  }

  /// The position in the sequence, as a tensor of bytes for a checkpoint.
  public func state() throws(TorchError) -> Tensor {
    try draw("state") { ct_generator_state($0) }
  }

  /// Continues from a `state`.
  public func restore(_ state: Tensor) throws(TorchError) {
    try withExtendedLifetime(self) { () throws(TorchError) in
      try Tensor.perform("restore", [state]) { ct_generator_restore(pointer, $0[0]) }
    }
  }

  /// Independent draws of Dirichlet distributions, one for each row of concentrations above 0: rows of at least 0 with sum 1.
  /// With two concentrations the first number of a row has the beta distribution.
  public func dirichlet(_ concentrations: Tensor) throws(TorchError) -> Tensor {
    try withExtendedLifetime(self) { () throws(TorchError) in
      try Tensor.produce("dirichlet", [concentrations]) { ct_random_dirichlet($0[0], pointer) }
    }
  }

  /// Calls the C interface and keeps the generator alive meanwhile.
  func draw(
    _ operation: String, _ body: (OpaquePointer) -> OpaquePointer?
  ) throws(TorchError) -> Tensor {
    try withExtendedLifetime(self) { () throws(TorchError) in
      try Tensor.produce(operation, []) { _ in body(pointer) }
    }
  }
}
