import CTorch

/// A pass on the CPU in which each of libtorch's threads takes some of the rows.
///
/// Threads that share every operation wait for each other at the end of each one; these wait once in a pass. Where gradients are
/// recorded, the backward pass goes through the parts at the same time too.
public struct ThreadedPass<Output: Sendable> {
  /// What the pass makes of the rows of each part, in order.
  public let outputs: [Output]
  /// The input, and then the rows of each part.
  private let inputs: [Tensor]

  /// Runs `body` on the rows of each part, at the same time.
  /// - Parameters:
  ///   - input: on the CPU, with a row at least.
  ///   - parts: how many there are, of the same size, or one row less; as many as there are rows at most.
  ///   - body: a pass in which rows do not depend on each other. It must not draw random numbers, nor change anything outside; it
  ///     runs without autocast.
  /// - Throws: what `body` throws, and `TorchError` for an input without rows.
  public init(
    of input: Tensor, parts: Int, _ body: @escaping @Sendable (Tensor) throws -> Output
  ) throws {
    guard input.rank > 0, input.shape[0] > 0, parts > 0 else {
      throw TorchError(
        operation: "ThreadedPass", message: "expected at least one row and one part",
        operands: [input.signature])
    }
    let (count, parts) = (input.shape[0], min(parts, input.shape[0]))
    let whole = try input.detached()
    let rows = try (0..<parts).map { part in
      let own = try whole.narrowed(0, part * count / parts..<(part + 1) * count / parts)
      if input.requiresGradient { try own.requireGradient() }
      return own
    }
    inputs = [input] + rows
    outputs = try ThreadedWork(count: parts) { try body(rows[$0]) }.results()
  }

  /// The tensors of all parts as those of one pass, each with the rows of every part; gradients of parameters are sums over the
  /// parts, always added up in the same order. To be called once.
  /// - Parameter tensors: as many of every part, each with a row for every row of its input.
  public func joined(_ tensors: (Output) -> [Tensor]) throws(TorchError) -> [Tensor] {
    let ofParts = outputs.map(tensors)
    let count = ofParts[0].count
    guard ofParts.allSatisfy({ $0.count == count }) else {
      throw TorchError(
        operation: "ThreadedPass", message: "expected as many tensors of every part",
        operands: [inputs[0].signature])
    }
    var results = [OpaquePointer?](repeating: nil, count: count)
    try Tensor.withPointers(of: inputs) { inputPointers throws(TorchError) in
      try Tensor.withPointers(of: ofParts.flatMap(\.self)) { pointers throws(TorchError) in
        let status = ct_join_threads(
          inputPointers, Int32(clamping: ofParts.count), pointers, Int32(clamping: count), &results)
        guard status == 0 else { throw TorchError.last("ThreadedPass.joined", [inputs[0]]) }
      }
    }
    return results.compactMap { $0.map(Tensor.init(owning:)) }
  }
}
