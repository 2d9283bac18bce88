import Torch

/// The style of each image's map: mean and standard deviation of every channel over the places (Huang & Belongie 2017).
package struct MapStyle {
  /// μ, N×C.
  let mean: Tensor
  /// σ, N×C: √((1/HW) Σ (x − μ)² + 10⁻⁶).
  let deviation: Tensor

  /// Two tensors of N×C.
  init(mean: Tensor, deviation: Tensor) {
    self.mean = mean
    self.deviation = deviation
  }

  /// The styles of an N×C×H×W map.
  package init(of map: Tensor) throws(TorchError) {
    mean = try map.mean([2, 3])
    let centred = try map - Self.spread(mean)
    deviation = try (centred.power(2).mean([2, 3]) + Self.epsilon).squareRoot()
  }

  /// Sums of styles by weights, N×K, of rows of K×2C: means, then deviations.
  package init(mixing rows: Tensor, by weights: Tensor) throws(TorchError) {
    // Without a matrix product, whose arithmetic a pass may make coarser.
    let sums = try (weights.unsqueezed(2) * rows.unsqueezed(0)).sum([1])
    let channels = sums.shape[1] / 2
    mean = try sums.narrowed(1, 0..<channels)
    deviation = try sums.narrowed(1, channels..<2 * channels)
  }

  /// Both as rows of N×2C: means, then deviations.
  var rows: Tensor { get throws(TorchError) { try Tensor.concatenated([mean, deviation], 1) } }

  /// The content of the map that has this style: (x − μ) / σ.
  package func content(of map: Tensor) throws(TorchError) -> Tensor {
    try (map - Self.spread(mean)) / Self.spread(deviation)
  }

  /// A map of this style with the given content: σ · content + μ.
  package func applied(to content: Tensor) throws(TorchError) -> Tensor {
    try content * Self.spread(deviation) + Self.spread(mean)
  }

  /// The same numbers without a gradient.
  func detached() throws(TorchError) -> MapStyle {
    MapStyle(mean: try mean.detached(), deviation: try deviation.detached())
  }

  /// The styles of all images of a batch of which this process has a share, with the gradients of what every process makes of
  /// them; the same where there is no share.
  func whole(_ share: BatchShare?) throws(TorchError) -> MapStyle {
    guard let share else { return self }
    return MapStyle(
      mean: try share.whole(of: mean), deviation: try share.whole(of: deviation))
  }

  /// The style of each image: `first` parts of this one's and 1 − `first` of the other's; `first` is N×1.
  func mixed(_ first: Tensor, with other: MapStyle) throws(TorchError) -> MapStyle {
    let second = try -first + 1
    return MapStyle(
      mean: try mean * first + other.mean * second,
      deviation: try deviation * first + other.deviation * second)
  }

  /// The styles of the images at `places`, int64.
  func gathered(_ places: Tensor) throws(TorchError) -> MapStyle {
    MapStyle(mean: try mean.gathered(0, places), deviation: try deviation.gathered(0, places))
  }

  private static let epsilon = 1e-6

  private static func spread(_ values: Tensor) throws(TorchError) -> Tensor {
    try values.reshaped(values.shape + [1, 1])
  }
}

extension Tensor {
  /// What `body` makes of the map, computed in no type coarser than float32 and handed over in the map's own.
  func changedPrecisely(
    _ body: (Tensor) throws -> Tensor
  ) throws -> Tensor {
    guard dtype == .bfloat16 else { return try body(self) }
    return try body(converted(to: .float32)).converted(to: dtype)
  }
}
