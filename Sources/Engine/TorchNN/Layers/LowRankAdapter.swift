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
  /// - Throws: `StateDictMismatch` naming what adapters lack, or weights that they do not fit.
  public func mergingAdapters() throws -> StateDict {
    var merged = filter { !Self.isOfAdapter($0.key) }
    var mismatch = StateDictMismatch()
    let layers = Set(
      keys.compactMap { key in key.firstRange(of: ".lora.").map { key[..<$0.lowerBound] } })
    for layer in layers.sorted() {
      let names = ["weight", "lora.a", "lora.b", "lora.scale"].map { "\(layer).\($0)" }
      mismatch.missing += names.filter { self[$0] == nil }
      guard let weight = self[names[0]], let a = self[names[1]], let b = self[names[2]],
        let scale = self[names[3]]
      else { continue }
      let change = try b.detached().converted(to: .float64).matmul(
        a.detached().converted(to: .float64))
      guard change.shape == weight.shape else {
        mismatch.misshaped.append(.init(key: names[0], expected: change.shape, found: weight.shape))
        continue
      }
      let sum = try weight.detached().converted(to: .float64) + change * scale.detached()
      merged[names[0]] = try sum.converted(to: weight.dtype)
    }
    guard mismatch.isEmpty else { throw mismatch }
    return merged
  }
}
