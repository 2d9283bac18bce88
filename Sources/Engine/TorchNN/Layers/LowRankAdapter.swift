import Torch

/// A trained part of a linear layer's weight, of low rank: s·B·A (LoRA; Hu et al. 2022).
public final class LowRankAdapter: Module {
  /// A, rank×inputs.
  public let a: Parameter
  /// B, outputs×rank; 0 at the start, so that the layer starts as it is.
  public let b: Parameter
  /// s, one number.
  public let scale: Buffer

  /// An adapter for a layer of `inputs` and `outputs`: A is uniform within 1/√inputs, B is 0.
  /// - Parameter scale: s; the paper's α divided by the rank.
  public init(
    _ inputs: Int, _ outputs: Int, rank: Int, scale: Double, using generator: Generator
  ) throws(TorchError) {
    a = try Parameter([rank, inputs])
    b = try Parameter([outputs, rank])
    self.scale = Buffer(try .full([], scale))
    try a.initializeUniform(bound: 1 / Double(inputs).squareRoot(), using: generator)
  }

  /// An adapter of given factors with s = 1.
  init(b: Tensor, a: Tensor) throws(TorchError) {
    self.a = try Parameter(a.shape)
    self.b = try Parameter(b.shape)
    scale = Buffer(try .full([], 1))
    try withoutGradients { () throws(TorchError) in
      try self.a.tensor.copyInPlace(a)
      try self.b.tensor.copyInPlace(b)
    }
  }

  /// s·B·A.
  var change: LowRankChange { LowRankChange(a: a.tensor, b: b.tensor, scale: scale.tensor) }
}

extension [String: Tensor] {
  /// Whether a key belongs to an adapter.
  static func isOfAdapter(_ key: String) -> Bool { key.contains(".lora.") }

  /// Whether it holds adapters.
  public var hasAdapters: Bool { keys.contains(where: Self.isOfAdapter) }

  /// The same network without adapters: W + s·B·A in the place of W.
  public func mergingAdapters() throws(TorchError) -> StateDict {
    var merged = filter { !Self.isOfAdapter($0.key) }
    for (key, a) in self where key.hasSuffix(".lora.a") {
      let layer = key.dropLast(".lora.a".count)
      guard let b = self["\(layer).lora.b"], let scale = self["\(layer).lora.scale"],
        let weight = merged["\(layer).weight"]
      else { continue }
      let change = try b.detached().converted(to: .float64).matmul(
        a.detached().converted(to: .float64))
      let sum = try weight.detached().converted(to: .float64) + change * scale.detached()
      merged["\(layer).weight"] = try sum.converted(to: weight.dtype)
    }
    return merged
  }
}
