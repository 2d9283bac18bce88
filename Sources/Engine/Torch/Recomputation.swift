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
  try recomputed(inputs) { inputs throws(TorchError) in [try body(inputs)] }[0]
}

/// The same for a body with several results, as many at each run.
public func recomputed(
  _ inputs: [Tensor], _ body: @escaping ([Tensor]) throws(TorchError) -> [Tensor]
) throws(TorchError) -> [Tensor] {
  guard recordsGradients else { return try body(inputs) }
  let outputs = try withoutGradients { () throws(TorchError) in try body(inputs) }
  var results = [OpaquePointer?](repeating: nil, count: outputs.count)
  try Tensor.withPointers(of: inputs) { inputPointers throws(TorchError) in
    try Tensor.withPointers(of: outputs) { outputPointers throws(TorchError) in
      let computation = Unmanaged.passRetained(Computation(body)).toOpaque()
      let status = ct_recompute(
        inputPointers, Int32(clamping: inputs.count), outputPointers,
        Int32(clamping: outputs.count), &results,
        { Computation.run($0, $1, $2, $3, $4) }, { Computation.release($0) }, computation)
      guard status == 0 else { throw TorchError.last("recomputed", inputs + outputs) }
    }
  }
  return results.compactMap { $0.map(Tensor.init(owning:)) }
}

/// A body that the C interface owns.
private final class Computation {
  let body: ([Tensor]) throws(TorchError) -> [Tensor]

  init(_ body: @escaping ([Tensor]) throws(TorchError) -> [Tensor]) {
    self.body = body
  }

  /// Runs the body on inputs, of which it takes ownership.
  static func run(
    _ context: UnsafeMutableRawPointer?, _ inputs: UnsafePointer<OpaquePointer?>?, _ count: Int32,
    _ results: UnsafeMutablePointer<OpaquePointer?>?, _ resultCount: Int32
  ) -> Int32 {
    let tensors = UnsafeBufferPointer(start: inputs, count: Int(count))
      .compactMap { $0.map(Tensor.init(owning:)) }
    guard let context else { return 1 }
    do throws(TorchError) {
      let computation = Unmanaged<Computation>.fromOpaque(context).takeUnretainedValue()
      let outputs = try computation.body(tensors)
      guard outputs.count == Int(resultCount) else {
        throw TorchError(
          operation: "recomputed",
          message: "expected \(resultCount) results as at the first run, found \(outputs.count)")
      }
      for (place, output) in outputs.enumerated() {
        results?[place] = output.ask { ct_share($0) }
      }
      return 0
    } catch {
      ct_fail("\(error)")
      return 1
    }
  }

  static func release(_ context: UnsafeMutableRawPointer?) {
    guard let context else { return }
    Unmanaged<Computation>.fromOpaque(context).release()
  }
}
