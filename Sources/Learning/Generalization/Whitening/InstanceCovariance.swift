import Torch

/// Covariances of the channels of each image's map over its places, after instance normalisation without weights (RobustNet; Choi et
/// al., CVPR 2021, equations 5 and 6).
package enum InstanceCovariance {
  private static let epsilon = 1e-5

  /// Σ = FFᵀ/(HW − 1) for the normalised map F, C×HW, of each image: N×C×C.
  package static func matrices(of map: Tensor) throws(TorchError) -> Tensor {
    let shape = map.shape
    let places = try map.reshaped([shape[0], shape[1], -1])
    let centred = try places - places.mean([2], keeping: true)
    let deviation = try (centred.power(2).mean([2], keeping: true) + epsilon).squareRoot()
    let normalized = try centred / deviation
    return try normalized.matmul(normalized.transposed(1, 2))
      / Double(Swift.max(places.shape[2] - 1, 1))
  }

  /// Σ |Σ ⊙ M| / |M|, averaged over the images: at least 0, and 0 where the chosen pairs of channels are uncorrelated.
  /// - Parameter mask: M, C×C of 0 and 1.
  package static func loss(of map: Tensor, mask: Tensor) throws(TorchError) -> Tensor {
    let chosen = try matrices(of: map).absolute() * mask
    return try chosen.sum([1, 2]).mean() / mask.sum().clamped(min: 1)
  }

  /// The variance of each covariance over two views of an image, N×C×C: ((a − b)/2)².
  package static func variances(_ first: Tensor, _ second: Tensor) throws(TorchError) -> Tensor {
    try ((matrices(of: first) - matrices(of: second)) / 2).power(2)
  }
}
