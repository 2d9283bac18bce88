import CTorch

// These change the elements that every reference to the tensor sees.
extension Tensor {
  /// Takes over the elements of `source`, converting type and device.
  public func copyInPlace(_ source: Tensor) throws(TorchError) {
    try Tensor.perform("copyInPlace", [self, source]) { ct_copy_into($0[0], $0[1]) }
  }

  /// Gives the tensor the storage of `source`: device, type or layout may change, the identity stays.
  public func replaceStorage(_ source: Tensor) throws(TorchError) {
    try Tensor.perform("replaceStorage", [self, source]) { ct_replace_storage($0[0], $0[1]) }
  }

  /// Sets every element.
  public func fillInPlace(_ value: Double) throws(TorchError) {
    try Tensor.perform("fillInPlace", [self]) { ct_fill($0[0], value) }
  }

  /// self ← self · factor.
  public func multiplyInPlace(_ factor: Double) throws(TorchError) {
    try Tensor.perform("multiplyInPlace", [self]) { ct_multiply_into($0[0], factor) }
  }

  /// self ← self + factor · source.
  public func addInPlace(_ source: Tensor, times factor: Double = 1) throws(TorchError) {
    try Tensor.perform(
      "addInPlace", [self, source], as: factor == 1 ? .sum : nil
    ) { ct_add_into($0[0], $0[1], factor) }
  }

  /// self ← self + factor · a · b, element by element.
  public func addProductInPlace(
    _ a: Tensor, _ b: Tensor, times factor: Double = 1
  ) throws(TorchError) {
    try Tensor.perform("addProductInPlace", [self, a, b]) {
      ct_add_product_into($0[0], $0[1], $0[2], factor)
    }
  }

  /// self ← self + weight · (source − self).
  public func interpolateInPlace(
    towards source: Tensor, weight: Double
  ) throws(TorchError) {
    try Tensor.perform("interpolateInPlace", [self, source]) {
      ct_lerp_into($0[0], $0[1], weight)
    }
  }

  /// ReLU over the elements themselves, which are returned: for the fresh output of a convolution.
  public func reluInPlace() throws(TorchError) -> Tensor {
    try Tensor.perform("reluInPlace", [self], as: .relu) { ct_relu_into($0[0]) }
    return self
  }

  /// self ← max(self + source, 0), which is returned: for the fresh output of a convolution and its shortcut.
  public func addReluInPlace(_ source: Tensor) throws(TorchError) -> Tensor {
    try Tensor.perform("addReluInPlace", [self, source], as: .rectifiedSum) {
      ct_add_relu_into($0[0], $0[1])
    }
    return self
  }
}
