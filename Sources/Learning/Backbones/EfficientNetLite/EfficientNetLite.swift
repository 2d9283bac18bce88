import Torch
import TorchNN

/// EfficientNet-Lite with the architecture, padding and keys of the published PyTorch weights.
///
/// The block outputs are linear and may be negative, while attentional pooling needs maps after a ReLU. So the maps
/// of `layer1` … `layer3` are the widened maps (after ReLU6) inside the blocks that halve the resolution from
/// stride 4, 8 and 16; `layer4` is the head's map of 1280 channels at stride 32, and `stem` is the map of the stem.
public final class EfficientNetLite: MapChanging {
  /// The published keys.
  public static let stateKeys = [
    "stem": "_conv_stem",
    "stemNorm": "_bn0",
    "blocks": "_blocks",
    "head": "_conv_head",
    "headNorm": "_bn1",
    "classifier": "_fc",
  ]

  let stem: Convolution2d
  let stemNorm: BatchNorm2d
  let blocks: [MBConvBlock]
  let head: Convolution2d
  let headNorm: BatchNorm2d
  let classifier: Linear

  /// The channels of each stage's map.
  public let channels: [Stage: Int]
  /// The scaling of the published network: RGB scaled to [-1, 1].
  public let pixelScaling = PixelScaling(
    mean: [0.5, 0.5, 0.5], standardDeviation: [0.5, 0.5, 0.5])
  /// The segments are the stem and each block. A widened map that is requested is kept together with the activations
  /// before it, which takes no more memory.
  public var recomputes = false
  /// Its operations are small.
  public let dividesBatchesAmongThreads = true
  /// What training does to the maps of the stages.
  public var mapChange: MapChange?
  /// The published layer `_fc`.
  public var imageNetClassifier: Linear? { classifier }

  /// The blocks that contain the map of a stage.
  private let stageBlocks: [Int: Stage]

  /// A network of zeros; initialise it or load weights.
  /// - Parameter outputStride: the pixels from one place of the last map to the next. Below 32, the blocks that would
  ///   exceed it keep the resolution, and the depthwise kernels after them are dilated instead; the weights are the same.
  public init(
    _ variant: EfficientNetLiteVariant, outputStride: Int = 32
  ) throws(TorchError) {
    let epsilon = MBConvBlock.epsilon
    let shapes = variant.blocks()
    stem = try Convolution2d(3, 32, kernel: 3, geometry: .init(stride: 2, padding: .same))
    stemNorm = try BatchNorm2d(32, epsilon: epsilon)

    blocks = try Self.dilated(shapes, outputStride).map { shape throws(TorchError) in
      try MBConvBlock(shape)
    }
    head = try Convolution2d(shapes.last?.outputs ?? 0, 1280, kernel: 1)
    headNorm = try BatchNorm2d(1280, epsilon: epsilon)
    classifier = try Linear(1280, 1000)

    var channels: [Stage: Int] = [.stem: 32, .layer4: 1280]
    var stageBlocks: [Int: Stage] = [:]
    // The first block with a stride starts from stride 2, which is that of the stem.
    let striding = shapes.indices.filter { shapes[$0].stride == 2 }.dropFirst()
    for (block, stage) in zip(striding, [Stage.layer1, .layer2, .layer3]) {
      stageBlocks[block] = stage
      channels[stage] = shapes[block].hidden
    }
    self.channels = channels
    self.stageBlocks = stageBlocks
    try classifier.freeze()
  }

  /// The blocks that keep the resolution once it is 1/`outputStride` of the image's.
  private static func dilated(
    _ shapes: [MBConvBlock.Shape], _ outputStride: Int
  ) -> [MBConvBlock.Shape] {
    var stride = 2
    var dilation = 1
    return shapes.map { shape in
      var shape = shape
      shape.dilation = dilation
      if shape.stride == 2, stride == outputStride {
        shape.stride = 1
        dilation *= 2
      } else {
        stride *= shape.stride
      }
      return shape
    }
  }

  /// Computes the maps of `stages` and of the head for normalised N×3×H×W images; all after their ReLU6.
  public func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
    var kept: [Stage: Tensor] = [:]
    var x = try segment(images, of: [stem, stemNorm]) { [self] x throws(TorchError) in
      try stem(x[0].channelsLast(), normalizedBy: stemNorm, activation: .relu6)
    }
    x = try changed(x, after: .stem)
    if stages.contains(.stem) { kept[.stem] = x }
    for (index, block) in blocks.enumerated() {
      if let stage = stageBlocks[index], stages.contains(stage) || mapChange != nil {
        let expanded = try changed(block.expanded(x), after: stage)
        if stages.contains(stage) { kept[stage] = expanded }
        x = try segment(x, expanded, of: [block]) { x throws(TorchError) in
          try block(x[0], expanded: x[1])
        }
      } else {
        x = try segment(x, of: [block]) { x throws(TorchError) in
          let expanded = try block.expanded(x[0])
          return try block(x[0], expanded: expanded)
        }
      }
    }
    let last = try changed(
      head(x, normalizedBy: headNorm, activation: .relu6), after: .layer4)
    if stages.contains(.layer4) { kept[.layer4] = last }
    return FeatureMaps(stages: kept, last: last)
  }
}
