import Torch

extension Tensor {
  /// The factors B = U·√Σ, O×r, and A = √Σ·Vᵀ, r×I, of the r smallest or largest singular components of this O×I matrix.
  ///
  /// They come from the eigenvectors of the smaller of W·Wᵀ and Wᵀ·W, which costs a fraction of a whole decomposition; in
  /// float64 small singular values are exact enough for that.
  /// - Throws: `TorchError` for anything but a matrix with at least r rows and columns.
  public func singularComponents(
    _ r: Int, smallest: Bool
  ) throws(TorchError) -> (b: Tensor, a: Tensor) {
    guard shape.count == 2, (0...(shape.min() ?? 0)).contains(r) else {
      throw TorchError(
        operation: "singularComponents", message: "expected a matrix of at least rank \(r)",
        operands: [signature])
    }
    guard shape[0] >= shape[1] else {
      let (b, a) = try transposed().singularComponents(r, smallest: smallest)
      return (try a.transposed(), try b.transposed())
    }
    let count = shape[1]
    // Ascending.
    let vectors = try transposed().matmul(self).symmetricEigen().vectors
      .narrowed(1, smallest ? 0..<r : count - r..<count)
    let scaled = try matmul(vectors)
    let roots = try scaled.power(2).sum([0], keeping: true).squareRoot()
      .clamped(min: .leastNormalMagnitude).squareRoot()
    return (try scaled / roots, try (vectors * roots).transposed())
  }
}
