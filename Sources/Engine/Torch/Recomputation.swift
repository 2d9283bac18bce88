import CTorch

/// Runs `body` on `inputs` without keeping what its backward pass needs: the backward pass runs `body` again, and only
/// inputs and result stay in memory until then (activation checkpointing; Chen et al. 2016).
///
/// Values and gradients are the same as those of `body` alone: it runs in the same autocast mode both times. If no
/// gradients are recorded, it runs only once.
/// - Parameters:
///   - inputs: what the body computes with besides parameters; not to be changed in place afterwards.
///   - body: must not draw random numbers, nor change its inputs or anything outside. It is released after the backward
///     pass, or when the result is freed.
/// - Throws: what `body` throws at the first run; what it throws at the second run, `backward` throws.
public func recomputed(
  _ inputs: [Tensor], _ body: @escaping ([Tensor]) throws(TorchError) -> Tensor
) throws(TorchError) -> Tensor {
  guard recordsGradients else { return try body(inputs) }
  let output = try withoutGradients { () throws(TorchError) in try body(inputs) }
  let computation = Unmanaged.passRetained(Computation(body)).toOpaque()
  return try Tensor.produce("recomputed", inputs + [output]) { operands in
    ct_recompute(
      operands, Int32(clamping: inputs.count), operands[inputs.count],
      { Computation.run($0, $1, $2) }, { Computation.release($0) }, computation)
  }
}

/// A body that the C interface owns.
private final class Computation {
  let body: ([Tensor]) throws(TorchError) -> Tensor

  init(_ body: @escaping ([Tensor]) throws(TorchError) -> Tensor) {
    self.body = body
  }

  /// Runs the body on inputs, of which it takes ownership.
  static func run(
    _ context: UnsafeMutableRawPointer?, _ inputs: UnsafePointer<OpaquePointer?>?, _ count: Int32
  ) -> OpaquePointer? {
    let tensors = UnsafeBufferPointer(start: inputs, count: Int(count))
      .compactMap { $0.map(Tensor.init(owning:)) }
    guard let context else { return nil }
    do throws(TorchError) {
      let computation = Unmanaged<Computation>.fromOpaque(context).takeUnretainedValue()
      return try computation.body(tensors).ask { ct_share($0) }
    } catch {
      ct_fail("\(error)")
      return nil
    }
  }

  static func release(_ context: UnsafeMutableRawPointer?) {
    guard let context else { return }
    Unmanaged<Computation>.fromOpaque(context).release()
  }
}
