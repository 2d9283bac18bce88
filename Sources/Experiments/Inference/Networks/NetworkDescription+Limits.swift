import Datasets

extension NetworkDescription {
  /// Whether every value lies within the limits of recipes: a file may contain anything.
  var isPlausible: Bool {
    let isHeadPlausible =
      switch head {
      case .classifier(let width): task == .classification && (1...65_536).contains(width)
      case .names(let dimension): task == .classification && (1...65_536).contains(dimension)
      case .segmenter: task == .segmentation
      }
    return isHeadPlausible && evaluation.isPlausible && augmentation.isPlausible && batchSize > 0
  }
}

extension EvaluationOptions {
  fileprivate var isPlausible: Bool {
    // From 0 threads on, and smaller images than recipes name: parts put together by hand may have both.
    (1...4096).contains(imageSize) && (1...65_536).contains(batchSize)
      && (0...256).contains(workers)
      && (height.map { (32...16_384).contains($0) } ?? true)
      && (tile.map { (32...16_384).contains($0) && (0..<$0).contains(overlap) } ?? true)
  }
}

extension Augmentation {
  fileprivate var isPlausible: Bool {
    switch self {
    case .none: true
    case .randAugment(let operations, let magnitude):
      (0...16).contains(operations) && (0...30).contains(magnitude)
    case .scene(let scene):
      scene.scale.lowerBound >= 0.05 && scene.scale.upperBound <= 20
        && (0...0.5).contains(scene.jitter)
    }
  }
}
