import Torch
import TorchNN

/// A weight with a trained part of low rank, s·B·A, which is averaged as this product: the mean of products is not the product of
/// the factors' means.
struct AdaptedWeight {
  /// The key of the part.
  let name: String
  /// W, which is not trained.
  let weight: NamedTensor
  private let a: Tensor
  /// B.
  let b: NamedTensor
  private let scale: Tensor

  /// s·B·A, in the weight's shape.
  func product() throws(TorchError) -> Tensor {
    try b.tensor.detached().matmul(a.detached()) * scale.detached()
  }

  /// What the tensors must be so that the weight is W and this product.
  func values(of product: Tensor) throws(TorchError) -> StateDict {
    let sum = try weight.tensor.detached().converted(to: .float64) + product
    return [
      weight.name: try sum.converted(to: .float32),
      b.name: try .zeros(like: b.tensor.detached()),
    ]
  }

  /// Those of a network's tensors whose parts are trained.
  static func all(in tensors: [NamedTensor]) -> [AdaptedWeight] {
    let known = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
    return tensors.compactMap { a in
      guard a.name.hasSuffix(".lora.a"), a.tensor.requiresGradient else { return nil }
      let layer = a.name.dropLast(".lora.a".count)
      guard let weight = known["\(layer).weight"], let b = known["\(layer).lora.b"],
        let scale = known["\(layer).lora.scale"]
      else { return nil }
      return AdaptedWeight(
        name: "\(layer).lora.product", weight: weight, a: a.tensor, b: b, scale: scale.tensor)
    }
  }

  /// Whether a key is that of one of the factors.
  static func isFactor(_ key: String) -> Bool {
    key.hasSuffix(".lora.a") || key.hasSuffix(".lora.b")
  }
}
