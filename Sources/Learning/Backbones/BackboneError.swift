/// A request that a backbone cannot fulfil.
public enum BackboneError: Error, Equatable, CustomStringConvertible {
  /// The map of this stage was not requested from the forward pass, which kept those of others.
  case noMap(Stage, kept: Set<Stage>)
  /// The backbone was published without a classifier of ImageNet.
  case noImageNetClassifier
  /// The backbone has none of the layers that changes of low rank are for.
  case nothingToAdapt(layers: [String], firstBlock: Int)
  /// The backbone has no tokens, which learnt ones could refine.
  case noTokens
  /// The stages of the backbone hand over no maps that could be changed.
  case noMapsToChange
  /// No backbone has this output stride.
  case noOutputStride(Int)
  /// The published weights are not on this machine.
  case weightsNotFound(backbone: String, PublishedWeights, searched: [String])
  /// There are no published weights of this backbone.
  case noPublishedWeights(backbone: String)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .noMap(let stage, let kept):
      "the forward pass kept no feature map of \(stage): expected it among the stages that were asked for, found "
        + (kept.isEmpty
          ? "none"
          : Stage.allCases.filter(kept.contains).map(\.description).joined(separator: ", "))
        + "; name \(stage) among the stages of the pass, or a method's own stages"
    case .noImageNetClassifier:
      "the backbone was published without an ImageNet classifier, whose answers the method needs; choose another "
        + "backbone, or a method without them"
    case .nothingToAdapt(let layers, let firstBlock):
      "no linear layer of the backbone can be adapted: expected \(layers.joined(separator: ", ")) in blocks from "
        + "\(firstBlock) on, which transformers have, found none; choose a transformer, other layers or another block"
    case .noTokens:
      "the backbone has no tokens that learnt ones could refine: expected a vision transformer; choose one, or another way of "
        + "adapting"
    case .noMapsToChange:
      "the styles of maps are changed between the stages of a backbone, and this one hands over none there; choose a ResNet, "
        + "an EfficientNet-Lite or a ConvNeXt, or train without"
    case .noOutputStride(let stride):
      "no backbone has an output stride of \(stride); choose 32, or 8 for segmentation"
    case .weightsNotFound(let backbone, let weights, let searched):
      "no ImageNet weights of \(backbone): expected the file \(weights.file) in one of "
        + searched.joined(separator: ", ") + "; fetch it from "
        + (weights.address ?? weights.source) + " into \(searched.last ?? "one of them")"
        + ", give its path as model.weights, or name its folder in SYN2REAL_WEIGHTS"
    case .noPublishedWeights(let backbone):
      "no ImageNet weights of \(backbone) are published; give a file as model.weights, or 'random'"
    }
  }
}
