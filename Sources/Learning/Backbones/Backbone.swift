import Torch
import TorchNN

/// A network that turns images into feature maps, stage by stage, with the ImageNet classifier that was
/// published with it.
public protocol Backbone: Module {
  /// The channels of each stage's map.
  var channels: [Stage: Int] { get }
  /// How pixels must be scaled for it.
  var pixelScaling: PixelScaling { get }
  /// The published ImageNet classifier, frozen; part of the state dict.
  var imageNetClassifier: Linear { get }
  /// Whether a pass with gradients keeps only the activations between segments of the network, and the backward pass
  /// computes those inside the segments again: the same numbers in less memory, for one more forward pass.
  var recomputes: Bool { get set }

  /// Computes the maps of `stages` and the last map of normalised N×3×H×W images.
  func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps
}

extension Backbone {
  /// A segment of a pass, whose inside is kept for the backward pass or computed again.
  func segment(
    _ inputs: Tensor..., body: @escaping ([Tensor]) throws(TorchError) -> Tensor
  ) throws(TorchError) -> Tensor {
    recomputes ? try recomputed(inputs, body) : try body(inputs)
  }

  /// The channels of the last map.
  public var featureCount: Int { channels[.layer4] ?? 0 }

  /// The logits of the 1 000 ImageNet classes, N×1000.
  public func imageNetLogits(of images: Tensor) throws -> Tensor {
    try imageNetClassifier(features(of: images, stages: []).pooled())
  }
}
