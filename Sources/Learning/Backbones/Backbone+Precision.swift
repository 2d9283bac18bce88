import Torch

extension Backbone {
  /// The maps of `stages` and the last one, computed in `precision` and handed over in the type of `images`.
  public func features(
    of images: Tensor, stages: Set<Stage>, in precision: Precision
  ) throws -> FeatureMaps {
    switch precision {
    case .float32:
      return try threadedFeatures(of: images, stages: stages)
    case .bfloat16:
      let maps = try withAutocast(to: .bfloat16, on: images.device) {
        try features(of: images, stages: stages)
      }
      return try maps.converted(to: images.dtype)
    }
  }
}

extension FeatureMaps {
  fileprivate func converted(to dtype: DType) throws -> FeatureMaps {
    FeatureMaps(
      stages: try stages.mapValues { try $0.converted(to: dtype) },
      last: try last.converted(to: dtype), summary: try summary?.converted(to: dtype))
  }
}
