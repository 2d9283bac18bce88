import CTorch

// For symmetric matrices D×D; only the lower triangle is read.
extension Tensor {
  /// The eigenvalues in ascending order, D.
  /// - Throws: `TorchError` for anything but a square matrix of real numbers.
  public func symmetricEigenvalues() throws(TorchError) -> Tensor {
    try Tensor.produce("symmetricEigenvalues", [self]) { ct_symmetric_eigenvalues($0[0]) }
  }

  /// The eigenvalues in ascending order, D, and the eigenvectors as columns in the same order, D×D.
  /// - Throws: `TorchError` for anything but a square matrix of real numbers.
  public func symmetricEigen() throws(TorchError) -> (values: Tensor, vectors: Tensor) {
    var values: OpaquePointer?
    var vectors: OpaquePointer?
    try Tensor.perform("symmetricEigen", [self]) {
      ct_symmetric_eigen($0[0], &values, &vectors)
    }
    guard let values, let vectors else { throw .last("symmetricEigen", [self]) }
    return (Tensor(owning: values), Tensor(owning: vectors))
  }
}
