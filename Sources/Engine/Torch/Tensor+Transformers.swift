import CTorch

/// The operations of transformers.
extension Tensor {
  /// The last dimension by its own mean and variance, then scaled and shifted (Ba et al. 2016).
  /// - Parameters:
  ///   - weight: γ, as many numbers as the last dimension has.
  ///   - bias: β, as many.
  ///   - epsilon: what is added to the variance.
  public func layerNormalized(
    weight: Tensor, bias: Tensor, epsilon: Double
  ) throws(TorchError) -> Tensor {
    try Tensor.produce("layerNormalized", [self, weight, bias], as: .layerNorm(epsilon: epsilon)) {
      ct_layer_norm($0[0], $0[1], $0[2], epsilon)
    }
  }

  /// x·Φ(x) with the normal distribution's Φ itself, not an approximation (Hendrycks & Gimpel 2016).
  public func gelu() throws(TorchError) -> Tensor {
    try Tensor.produce("gelu", [self], as: .gelu) { ct_gelu($0[0]) }
  }

  /// x·σ(1.702·x), the approximation of GELU that CLIP was trained with.
  public func quickGELU() throws(TorchError) -> Tensor {
    // One tensor is kept for the backward pass instead of the three of the product.
    try OperationTrace.recording(.quickGELU, of: [self]) { () throws(TorchError) in
      try (self * 1.702).silu() * (1 / 1.702)
    }
  }

  /// eˣ / Σ eˣ along a dimension.
  public func softmax(_ dimension: Int) throws(TorchError) -> Tensor {
    try Tensor.produce("softmax", [self], as: .softmax(dimension: dimension)) {
      ct_softmax($0[0], Int64(dimension))
    }
  }

  /// x·σ(x).
  public func silu() throws(TorchError) -> Tensor {
    try Tensor.produce("silu", [self], as: .silu) { ct_silu($0[0]) }
  }

  /// Scaled dot-product attention softmax(q·kᵀ/√d)·v in each head (Vaswani et al. 2017): N×L×D.
  ///
  /// libtorch's own kernel, which does not keep the L×L products.
  /// - Parameter heads: their number; d = D / heads.
  /// - Throws: `TorchError` unless the tensor is N×L×3D, queries, keys and values one after the other, with D divisible by
  ///   `heads`.
  public func attended(heads: Int) throws(TorchError) -> Tensor {
    let width = (shape.last ?? 0) / (3 * Swift.max(1, heads))
    return try Tensor.produce(
      "attended(heads: \(heads))", [self], as: .attention(heads: heads, width: width)
    ) {
      ct_attention($0[0], Int64(heads))
    }
  }

  /// N×C×H×W maps at another size, by bicubic interpolation with a = −3/4 (−1/2 if antialiased), as PyTorch's.
  /// - Parameters:
  ///   - alignCorners: whether the centres of the corner places stay at the corners; otherwise their outer edges do.
  ///   - antialiased: whether a smaller map averages over all places that it stands for.
  ///   - scales: how much larger the result counts as in height and width; nil for the quotients of the sizes.
  public func resizedBicubic(
    height: Int, width: Int, alignCorners: Bool = false, antialiased: Bool = false,
    scales: (height: Double, width: Double)? = nil
  ) throws(TorchError) -> Tensor {
    try Tensor.produce("resizedBicubic(height: \(height), width: \(width))", [self]) {
      ct_upsample_bicubic2d(
        $0[0], Int64(height), Int64(width), alignCorners, antialiased, scales?.height ?? 0,
        scales?.width ?? 0)
    }
  }

  /// The one element of the first dimension once for each element of the first dimension of `other`, without a copy: so what
  /// is the same for all images joins a batch of any size.
  public func repeated(alongBatchOf other: Tensor) throws(TorchError) -> Tensor {
    try OperationTrace.recording(.batchRepetition, of: [self, other]) { () throws(TorchError) in
      try expanded([other.shape.first ?? 0] + shape.dropFirst())
    }
  }
}
