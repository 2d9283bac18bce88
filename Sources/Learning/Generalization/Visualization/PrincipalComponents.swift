import Torch

/// The directions along which N×D features vary most: eigenvectors of their covariance. Computed in float64 over blocks of
/// rows.
public struct PrincipalComponents {
  /// The mean that is subtracted from features, D.
  public let mean: Tensor
  /// The unit directions as columns, D×k, by decreasing variance; the sign is such that the largest component is positive.
  public let directions: Tensor
  /// The variance along each direction, with N − 1 in the denominator.
  public let variances: [Double]
  private let isUnit: Bool
  private let blockSize: Int

  /// The first `count` components of N×D features.
  /// - Parameter isUnit: whether features are scaled to norm 1 before they are centred.
  /// - Throws: `TorchError` where there are fewer than two features or fewer than `count` dimensions.
  public init(
    of features: Tensor, count: Int, isUnit: Bool = false, blockSize: Int = 1024
  ) throws(TorchError) {
    let blocks = try FeatureBlocks(
      features, isUnit: isUnit, blockSize: blockSize, for: "principal components")
    let dimension = blocks.dimension
    guard (1...dimension).contains(count) else {
      throw TorchError(
        operation: "principal components", message: "expected at least \(count) dimensions",
        operands: [features.signature])
    }
    let (mean, covariance) = try blocks.moments()
    let (values, vectors) = try covariance.symmetricEigen()
    // Eigenvalues are in ascending order, so the first components are the last columns.
    let columns = try (0..<count).map { number throws(TorchError) in
      let column = try vectors.selected(1, dimension - 1 - number)
      let largest = try column.absolute().argmax(0).item()
      let isNegative = try column.selected(0, Int(largest)).item() < 0
      return try (isNegative ? -column : column).unsqueezed(1)
    }
    self.mean = mean
    directions = try Tensor.concatenated(columns, 1)
    variances = try values.scalars(Double.self).suffix(count).reversed()
    self.isUnit = isUnit
    self.blockSize = blockSize
  }

  /// The coordinates of N×D features along the directions, N×k in float64; centred and scaled as the original features were.
  public func coordinates(of features: Tensor) throws(TorchError) -> Tensor {
    let blocks = try FeatureBlocks(
      features, isUnit: isUnit, blockSize: blockSize, atLeast: 1, for: "principal components")
    let parts = try (0..<blocks.blockCount).map { index throws(TorchError) in
      try (blocks.block(index) - mean).matmul(directions)
    }
    return try Tensor.concatenated(parts)
  }
}
