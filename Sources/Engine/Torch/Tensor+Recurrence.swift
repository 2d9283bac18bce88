import CTorch

extension Tensor {
  /// Layers of long short-term memory over sequences, this tensor: T×N×inputs (Hochreiter & Schmidhuber 1997).
  /// - Parameters:
  ///   - hidden: h before the sequences, layers×N×H.
  ///   - cell: c before them, layers×N×H.
  ///   - parameters: for each layer 4·H×inputs, 4·H×H, 4·H and 4·H, with the rows of input gate, forget gate, candidate and output
  ///     gate one below the other.
  /// - Throws: `TorchError` for other shapes, or more or fewer parameters.
  /// - Returns: h of the last layer at each place, T×N×H, and h and c after the sequences.
  public func lstm(
    hidden: Tensor, cell: Tensor, parameters: [Tensor], layers: Int
  ) throws(TorchError) -> (output: Tensor, hidden: Tensor, cell: Tensor) {
    let operands = [self, hidden, cell] + parameters
    try Self.requireShapes(operands, layers)
    var output: OpaquePointer?
    var lastHidden: OpaquePointer?
    var lastCell: OpaquePointer?
    try Tensor.perform("lstm", operands) { pointers in
      ct_lstm(
        pointers[0], pointers[1], pointers[2], [_](pointers.dropFirst(3)),
        Int32(clamping: parameters.count), Int64(layers), &output, &lastHidden, &lastCell)
    }
    guard let output, let lastHidden, let lastCell else { throw .last("lstm", operands) }
    return (Tensor(owning: output), Tensor(owning: lastHidden), Tensor(owning: lastCell))
  }

  /// libtorch leaves these checks to PyTorch's `nn.LSTM`.
  private static func requireShapes(_ operands: [Tensor], _ layers: Int) throws(TorchError) {
    let shapes = operands.map(\.shape)
    let width = shapes.count > 4 ? shapes[4].last ?? 0 : 0
    var expected = [shapes[0], [layers], [layers]]
    if shapes[0].count == 3 {
      expected[1] += [shapes[0][1], width]
      expected[2] += [shapes[0][1], width]
    }
    for layer in 0..<layers {
      let inputs = layer == 0 ? shapes[0].last ?? 0 : width
      expected += [[4 * width, inputs], [4 * width, width], [4 * width], [4 * width]]
    }
    guard shapes == expected, shapes[0].count == 3 else {
      throw TorchError(
        operation: "lstm", message: "shapes \(shapes); expected \(expected) of T×N×inputs")
    }
  }
}
