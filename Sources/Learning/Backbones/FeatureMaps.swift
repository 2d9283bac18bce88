import Torch

/// The feature maps of one forward pass.
public struct FeatureMaps {
  /// The maps of the stages asked for, N×C×H×W each.
  public let stages: [Stage: Tensor]
  /// The map of the last stage, N×C×H×W.
  public let last: Tensor

  /// The maps of a pass.
  public init(stages: [Stage: Tensor], last: Tensor) {
    self.stages = stages
    self.last = last
  }

  /// The map of `stage`.
  /// - Throws: `BackboneError.noMap` where the pass was not asked for it.
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
