import Torch
import TorchNN

/// ConvNeXt with torchvision's architecture and keys (Liu et al. 2022).
///
/// The maps of the stages are those after their blocks, and may be negative; `stem` is the map of the patches of 4×4 pixels.
/// The vector that stands for an image is the last map averaged over space and normalised, as the published classifier sees it.
public final class ConvNeXt: MapChanging {
  /// The published keys.
  public static let stateKeys = [
    "stem": "features.0", "layer1": "features.1", "reduction2": "features.2",
    "layer2": "features.3", "reduction3": "features.4", "layer3": "features.5",
    "reduction4": "features.6", "layer4": "features.7", "norm": "classifier.0",
    "classifier": "classifier.2",
  ]

  let stem: ConvNeXtStem
  let layer1: [ConvNeXtBlock]
  let reduction2: ConvNeXtReduction
  let layer2: [ConvNeXtBlock]
  let reduction3: ConvNeXtReduction
  let layer3: [ConvNeXtBlock]
  let reduction4: ConvNeXtReduction
  let layer4: [ConvNeXtBlock]
  let norm: LayerNorm
  let classifier: Linear

  /// The channels of each stage's map.
  public let channels: [Stage: Int]
  /// The scaling of ImageNet.
  public let pixelScaling = PixelScaling.imageNet
  /// The segments are the stem, the reductions and the blocks.
  public var recomputes = false
  /// What training does to the maps of the stages.
  public var mapChange: MapChange?
  /// The published layer `classifier.2`.
  public var imageNetClassifier: Linear? { classifier }

  /// A network of zeros; initialise it or load weights.
  /// - Parameters:
  ///   - variant: the size.
  ///   - outputStride: the pixels from one place of the last map to the next, 32 or 8. At 8, stages 3 and 4 keep the
  ///     resolution of stage 2, and their kernels are dilated by 2 and 4, those of the reductions by half of that; the weights
  ///     are the same.
  ///   - imageNetClasses: the outputs of the classifier.
  public init(
    _ variant: ConvNeXtVariant, outputStride: Int = 32, imageNetClasses: Int = 1000
  ) throws(TorchError) {
    guard variant.widths.count == 4, variant.blockCounts.count == 4 else {
      throw TorchError(
        operation: "ConvNeXt",
        message: "expected widths and blocks of four stages; found \(variant)")
    }
    let widths = variant.widths
    let dilations = outputStride == 8 ? [1, 1, 2, 4] : [1, 1, 1, 1]

    func blocks(_ stage: Int) throws(TorchError) -> [ConvNeXtBlock] {
      try (0..<variant.blockCounts[stage]).map { _ throws(TorchError) in
        try ConvNeXtBlock(widths[stage], dilation: dilations[stage])
      }
    }
    func reduction(_ stage: Int) throws(TorchError) -> ConvNeXtReduction {
      let keepsPlaces = dilations[stage] > 1
      return try ConvNeXtReduction(
        widths[stage - 1], widths[stage],
        geometry: keepsPlaces
          ? .init(padding: .same, dilation: dilations[stage] / 2) : .init(stride: 2))
    }

    stem = try ConvNeXtStem(widths[0])
    layer1 = try blocks(0)
    reduction2 = try reduction(1)
    layer2 = try blocks(1)
    reduction3 = try reduction(2)
    layer3 = try blocks(2)
    reduction4 = try reduction(3)
    layer4 = try blocks(3)
    norm = try LayerNorm(widths[3], epsilon: ConvNeXtBlock.epsilon)
    classifier = try Linear(widths[3], imageNetClasses)
    channels = [
      .stem: widths[0], .layer1: widths[0], .layer2: widths[1], .layer3: widths[2],
      .layer4: widths[3],
    ]
    try classifier.freeze()
  }

  /// 4 at the stem, then as in a ResNet.
  public func mapStride(of stage: Stage) -> Int { stage == .stem ? 4 : stage.stride }

  /// The places normalised, as the pooled vector is.
  public func classifiedPlaces(of maps: FeatureMaps) throws -> Tensor { try norm(maps.places()) }

  /// Computes the maps of `stages` and of `layer4` for normalised N×3×H×W images.
  public func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
    var x = try changed(
      segment(images, of: [stem]) { [stem] x throws(TorchError) in try stem(x[0]) }, after: .stem)
    var kept: [Stage: Tensor] = stages.contains(.stem) ? [.stem: x] : [:]
    let parts: [(Stage, ConvNeXtReduction?, [ConvNeXtBlock])] = [
      (.layer1, nil, layer1), (.layer2, reduction2, layer2), (.layer3, reduction3, layer3),
      (.layer4, reduction4, layer4),
    ]
    for (stage, reduction, blocks) in parts {
      if let reduction {
        x = try segment(x, of: [reduction]) { x throws(TorchError) in try reduction(x[0]) }
      }
      for block in blocks {
        x = try segment(x, of: [block]) { x throws(TorchError) in try block(x[0]) }
      }
      x = try changed(x, after: stage)
      if stages.contains(stage) { kept[stage] = x }
    }
    return FeatureMaps(stages: kept, last: x, summary: try norm(x.mean([2, 3])))
  }
}

extension ConvNeXt: Initializable {
  /// Normal with standard deviation 0.02 and biases of zero, as published; the factors of the blocks' branches are 1e-6.
  public func initialize(using generator: Generator) throws(TorchError) {
    for module in allModules() {
      if let layer = module as? Linear {
        try layer.weight.initializeNormal(standardDeviation: 0.02, using: generator)
        try layer.bias.initialize(to: 0)
      } else if let layer = module as? Convolution2d {
        try layer.weight.initializeNormal(standardDeviation: 0.02, using: generator)
        try layer.bias?.initialize(to: 0)
      } else if let block = module as? ConvNeXtBlock {
        try block.scale.initialize(to: 1e-6)
      }
    }
  }
}
