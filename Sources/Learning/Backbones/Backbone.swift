import Torch
import TorchNN

/// A network that turns images into feature maps, stage by stage, with the ImageNet classifier that was
/// published with it.
public protocol Backbone: Module {
  /// The channels of each stage's map.
  var channels: [Stage: Int] { get }
  /// How pixels must be scaled for it.
  var pixelScaling: PixelScaling { get }
  /// The published ImageNet classifier of `FeatureMaps.pooled`, frozen; part of the state dict. Nil where none was published.
  var imageNetClassifier: Linear? { get }
  /// The published projection of `FeatureMaps.pooled` to the embedding that CLIP compares with those of texts, frozen; part of the
  /// state dict. Nil where none was published.
  var textProjection: Linear? { get }
  /// Whether a pass with gradients keeps only the activations between segments of the network, and the backward pass
  /// computes those inside the segments again: the same numbers in less memory, for one more forward pass.
  var recomputes: Bool { get set }
  /// Whether a pass on the CPU is faster where each thread takes some of the images than where all threads share each
  /// operation, as it is for a network of many small operations. Its passes must then draw no random numbers, change nothing,
  /// and let no image depend on another, unless a `MapChanging` network's maps are changed.
  var dividesBatchesAmongThreads: Bool { get }

  /// Computes the maps of `stages` and the last map of normalised N×3×H×W images.
  func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps
  /// The places of the last map of a pass as the ImageNet classifier reads what is pooled from them, NHW×C.
  func classifiedPlaces(of maps: FeatureMaps) throws -> Tensor
  /// The pixels of the image from one place of a stage's map to the next, at an output stride of 32.
  func mapStride(of stage: Stage) -> Int
  /// Published weights under this network's own keys.
  func translated(_ published: StateDict) throws -> StateDict
}

extension Backbone {
  /// A segment of a pass, whose inside is kept for the backward pass or computed again.
  /// - Parameters:
  ///   - modules: those that `body` computes with. Where none of them is trained, and no input is made of what is trained, there is
  ///     nothing to go back to, and nothing to compute again.
  public func segment(
    _ inputs: Tensor..., of modules: [any Module],
    body: @escaping ([Tensor]) throws(TorchError) -> Tensor
  ) throws(TorchError) -> Tensor {
    guard recomputes else { return try body(inputs) }
    let learns = inputs.contains { $0.requiresGradient } || modules.contains { $0.isTrained }
    return learns ? try recomputed(inputs, body) : try body(inputs)
  }

  /// By default not.
  public var dividesBatchesAmongThreads: Bool { false }

  /// By default none.
  public var textProjection: Linear? { nil }

  /// The channels of the last map.
  public var featureCount: Int { channels[.layer4] ?? 0 }

  /// By default as they are.
  public func classifiedPlaces(of maps: FeatureMaps) throws -> Tensor { try maps.places() }

  /// By default those of a ResNet.
  public func mapStride(of stage: Stage) -> Int { stage.stride }

  /// By default the weights are published under the network's own keys.
  public func translated(_ published: StateDict) throws -> StateDict { published }

  /// The logits of the 1 000 ImageNet classes, N×1000.
  /// - Throws: `BackboneError.noImageNetClassifier` where none was published.
  public func imageNetLogits(of images: Tensor) throws -> Tensor {
    guard let imageNetClassifier else { throw BackboneError.noImageNetClassifier }
    return try imageNetClassifier(features(of: images, stages: []).pooled())
  }
}
