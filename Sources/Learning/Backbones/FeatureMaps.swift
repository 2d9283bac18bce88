import Torch

/// The feature maps of one forward pass.
public struct FeatureMaps {
  /// The maps of the requested stages, each N×C×H×W.
  public let stages: [Stage: Tensor]
  /// The map of the last stage, N×C×H×W.
  public let last: Tensor

  /// The maps of a pass.
  public init(stages: [Stage: Tensor], last: Tensor) {
    self.stages = stages
    self.last = last
  }

  /// The map of `stage`.
  /// - Throws: `BackboneError.noMap` if this stage was not requested from the pass.
  public subscript(stage: Stage) -> Tensor {
    get throws(BackboneError) {
      guard let map = stages[stage] else { throw .noMap(stage) }
      return map
    }
  }

  /// The last map averaged over space, N×C.
  public func pooled() throws -> Tensor {
    try last.mean([2, 3])
  }
}
