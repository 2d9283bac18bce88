import Torch

/// The feature maps of one forward pass.
public struct FeatureMaps: Sendable {
  /// The maps of the requested stages, each N×C×H×W.
  public let stages: [Stage: Tensor]
  /// The map of the last stage, N×C×H×W.
  public let last: Tensor
  /// The vector that the network itself makes of an image, N×C, such as a transformer's class token; nil where it is the last
  /// map averaged over space.
  public let summary: Tensor?

  /// The maps of a pass.
  public init(stages: [Stage: Tensor], last: Tensor, summary: Tensor? = nil) {
    self.stages = stages
    self.last = last
    self.summary = summary
  }

  /// The map of `stage`.
  /// - Throws: `BackboneError.noMap` if this stage was not requested from the pass.
  public subscript(stage: Stage) -> Tensor {
    get throws(BackboneError) {
      guard let map = stages[stage] else { throw .noMap(stage, kept: Set(stages.keys)) }
      return map
    }
  }

  /// The vector that a classifier sees, N×C: the summary where there is one, otherwise the last map averaged over space.
  public func pooled() throws -> Tensor {
    try summary ?? last.mean([2, 3])
  }

  /// The vectors of all places of the last map, NHW×C.
  public func places() throws -> Tensor {
    try last.permuted([0, 2, 3, 1]).reshaped([-1, last.shape[1]])
  }

  /// One vector for each image from the map of `stage`, N×C: what a classifier sees for the last one, otherwise the map
  /// averaged over space.
  /// - Throws: `BackboneError.noMap` if this stage was not requested from the pass.
  public func pooled(_ stage: Stage) throws -> Tensor {
    stage == .layer4 ? try pooled() : try self[stage].mean([2, 3])
  }
}
