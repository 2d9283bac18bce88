import Torch

extension Backbone {
  /// The maps of `stages` and the last one, of images that a pass with gradients takes in `parts`, one after the other:
  /// gradients are accumulated over the parts, and what the backward pass needs is held of one part at a time.
  ///
  /// Maps and gradients are those of all images at once, so that whatever comes behind the backbone still sees the whole
  /// batch: a norm over it, a loss of any kind. For that each part but the last is computed a second time in the backward pass
  /// (as of the pass by Gao et al. 2021, *Scaling Deep Contrastive Learning Batch Size under Memory Limited Setup*).
  /// - Parameter parts: how many there are; of the same size, or one image less. Where there are fewer images, some are
  ///   computed for nothing: every step has as many passes, which is what a `GradientReducer` expects.
  public func features(
    of images: Tensor, stages: Set<Stage>, in precision: Precision, parts: Int
  ) throws -> FeatureMaps {
    guard parts > 1, recordsGradients else {
      return try features(of: images, stages: stages, in: precision)
    }
    let count = images.shape[0]
    let filled =
      try count < parts
      ? Tensor.concatenated(
        [images] + repeatElement(images.narrowed(0, 0..<1), count: parts - count))
      : images
    let bounds = (0...parts).map { ($0 * filled.shape[0] + parts - 1) / parts }
    let rows = zip(bounds, bounds.dropFirst()).map { $0..<$1 }
    let again = try rows.dropLast().map { rows in
      try recomputed([filled.narrowed(0, rows)]) { [self] inputs throws(TorchError) in
        try tensors(of: inputs[0], stages, precision)
      }
    }
    // The backward pass begins with what was computed last, of which nothing need be computed again.
    let last = try features(
      of: filled.narrowed(0, bounds[parts - 1]..<bounds[parts]), stages: stages, in: precision)
    return try last.mapping { place, own in
      let whole = try Tensor.concatenated(again.map { $0[place] } + [own])
      return count < parts ? try whole.narrowed(0, 0..<count) : whole
    }
  }

  /// The tensors of a pass, in the order of `FeatureMaps.tensors`.
  private func tensors(
    of images: Tensor, _ stages: Set<Stage>, _ precision: Precision
  ) throws(TorchError) -> [Tensor] {
    do {
      return try features(of: images, stages: stages, in: precision).tensors
    } catch let error as TorchError {
      throw error
    } catch {
      throw TorchError(operation: "a pass through the backbone", message: "\(error)")
    }
  }
}
