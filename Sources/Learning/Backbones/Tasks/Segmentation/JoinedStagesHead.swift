import Torch
import TorchNN

/// SegFormer's head (Xie et al. 2021): a linear map of each stage, all scaled up to the finest one, joined by another linear map with a
/// batch norm and a ReLU. Of a transformer whose stages have one size it joins its quarters.
final class JoinedStagesHead: SegmentationHead {
  /// One for each stage, from shallow to deep.
  let projections: [Convolution2d]
  let fusion: NormalizedConvolution
  let classifier: Convolution2d
  let stages: Set<Stage> = [.layer1, .layer2, .layer3, .layer4]
  private let dropout: Dropout

  init(
    _ channels: [Stage: Int], width: Int, classes: Int, dropout: Dropout
  ) throws(TorchError) {
    projections = try Stage.allCases.dropFirst().map { stage throws(TorchError) in
      try Convolution2d(channels[stage] ?? 0, width, kernel: 1, hasBias: true)
    }
    fusion = try NormalizedConvolution(4 * width, width, kernel: 1)
    classifier = try Convolution2d(width, classes, kernel: 1, hasBias: true)
    self.dropout = dropout
  }

  func callAsFunction(_ features: FeatureMaps, mode: NetworkMode) throws -> Tensor {
    let maps = try zip(Stage.allCases.dropFirst(), projections).map { stage, projection in
      try projection(features[stage])
    }
    // From deep to shallow, as in the published weights.
    let parts = try maps.reversed().map { map in
      try map.upsampledBilinear(toPlacesOf: maps[0], alignCorners: false)
    }
    let mixed = try fusion(Tensor.concatenated(parts, 1), mode: mode)
    guard case .training(let seed, let share) = mode else { return try classifier(mixed) }
    return try classifier(dropout(mixed, seed: seed, share: share))
  }
}
