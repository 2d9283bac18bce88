import CTorch

extension Tensor {
  /// The elements in row-major order.
  /// - Throws: `TorchError` if `S` is not the element type.
  public func scalars<S: Scalar>(_ type: S.Type = S.self) throws(TorchError) -> [S] {
    guard dtype == S.dtype else {
      throw TorchError(
        operation: "scalars", message: "expected \(S.dtype) elements; convert first",
        operands: [signature])
    }
    var scalars = [S](repeating: .zero, count: count)
    let copied = scalars.withUnsafeMutableBytes { buffer in
      Result { () throws(TorchError) in try copyBytes(to: buffer) }
    }
    try copied.get()
    return scalars
  }

  /// The one element of a tensor of one element, as a `Double`.
  /// - Throws: `TorchError` if there are more or none.
  public func item() throws(TorchError) -> Double {
    var value = 0.0
    try Tensor.perform("item", [self]) { ct_item($0[0], &value) }
    return value
  }

  /// Writes the row-major elements to `buffer`, from any device and layout.
  /// - Throws: `TorchError` if the buffer's size is not that of the elements.
  public func copyBytes(to buffer: UnsafeMutableRawBufferPointer) throws(TorchError) {
    try Tensor.perform("copyBytes", [self]) {
      ct_copy_bytes($0[0], buffer.baseAddress, buffer.count)
    }
  }
}
