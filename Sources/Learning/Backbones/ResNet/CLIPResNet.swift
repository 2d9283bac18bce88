import Torch
import TorchNN

/// CLIP's ResNet (Radford et al. 2021) with OpenAI's keys: a stem of three convolutions, means of squares in the place of strides and
/// of the stem's maximum, and attention pooling.
///
/// The vector that stands for an image is the attention's result before its projection, at an output stride of 32; with dilated
/// stages, which label places, there is none.
public final class CLIPResNet: Backbone {
  /// The published keys.
  public static let stateKeys = ["pool": "attnpool"]

  let conv1: Convolution2d
  let bn1: BatchNorm2d
  let conv2: Convolution2d
  let bn2: BatchNorm2d
  let conv3: Convolution2d
  let bn3: BatchNorm2d
  let layer1: [Bottleneck]
  let layer2: [Bottleneck]
  let layer3: [Bottleneck]
  let layer4: [Bottleneck]
  let pool: AttentionPool

  /// The channels of each stage's map; `stem` is the map before it is halved.
  public let channels: [Stage: Int]
  /// The scaling of CLIP.
  public let pixelScaling = PixelScaling.clip
  /// The segments are the stem, and single blocks.
  public var recomputes = false
  /// CLIP was not trained to classify ImageNet.
  public var imageNetClassifier: Linear? { nil }
  /// The attention's projection.
  public var textProjection: Linear? { pool.cProj }

  private let outputStride: Int

  /// A network of zeros; initialise it or load weights.
  /// - Parameters:
  ///   - blockCounts: the blocks of each stage.
  ///   - outputs: those of the embedding.
  ///   - outputStride: 32 or 8, as of ``ResNet``.
  ///   - width: the channels of the stem's map.
  ///   - heads: those of the attention.
  ///   - imageSize: the side of the images that the published positions are for, in pixels.
  public init(
    blockCounts: [Int], outputs: Int, outputStride: Int = 32, width: Int = 64, heads: Int = 32,
    imageSize: Int = 224
  ) throws(TorchError) {
    guard blockCounts.count == 4, width % 2 == 0, heads > 0, 32 * width % heads == 0,
      imageSize >= 32
    else {
      throw TorchError(
        operation: "CLIPResNet",
        message: """
          expected four stages, an even width, heads that divide 32 times the width, and images of 32 pixels at least; \
          found stages of \(blockCounts) blocks, a width of \(width), \(heads) heads and images of \(imageSize) pixels
          """)
    }
    let half = width / 2
    conv1 = try ResidualShape.filter(3, half, stride: 2, dilation: 1)
    bn1 = try BatchNorm2d(half)
    conv2 = try ResidualShape.filter(half, half, dilation: 1)
    bn2 = try BatchNorm2d(half)
    conv3 = try ResidualShape.filter(half, width, dilation: 1)
    bn3 = try BatchNorm2d(width)
    var inputs = width
    var channels: [Stage: Int] = [.stem: width]

    func layer(_ stage: Stage) throws(TorchError) -> [Bottleneck] {
      let blocks = try (0..<blockCounts[stage.rawValue - 1]).map { index throws(TorchError) in
        var shape = ResidualShape(
          stage, block: index, inputs: inputs, width: width, outputStride: outputStride)
        shape.pools = true
        inputs = shape.width * Bottleneck.expansion
        return try Bottleneck(shape)
      }
      channels[stage] = inputs
      return blocks
    }

    layer1 = try layer(.layer1)
    layer2 = try layer(.layer2)
    layer3 = try layer(.layer3)
    layer4 = try layer(.layer4)
    pool = try AttentionPool(inputs, side: imageSize / 32, heads: heads, outputs: outputs)
    self.channels = channels
    self.outputStride = outputStride
    try pool.cProj.freeze()
  }

  /// Computes the maps of `stages` and of `layer4` for normalised N×3×H×W images; all after their ReLU.
  public func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
    var kept: [Stage: Tensor] = [:]
    let stemModules: [any Module] = [conv1, bn1, conv2, bn2, conv3, bn3]
    var x = try segment(images, of: stemModules) { [self] x throws(TorchError) in try stem(x[0]) }
    if stages.contains(.stem) { kept[.stem] = x }
    x = try x.averagePooled(side: 2)
    for (stage, blocks) in zip(Stage.allCases.dropFirst(), [layer1, layer2, layer3, layer4]) {
      for block in blocks {
        x = try segment(x, of: [block]) { x throws(TorchError) in try block(x[0]) }
      }
      if stages.contains(stage) { kept[stage] = x }
    }
    return FeatureMaps(stages: kept, last: x, summary: outputStride == 32 ? try pool(x) : nil)
  }

  /// The embedding that CLIP compares with those of texts, N×outputs.
  public func outputs(of images: Tensor) throws -> Tensor {
    let features = try features(of: images, stages: [])
    return try pool.cProj(features.summary ?? pool(features.last))
  }

  /// Weights as OpenAI and timm publish them, also in a file that holds the text network too.
  public func translated(_ published: StateDict) throws -> StateDict {
    PublishedKeys.clipResNets.lazy.compactMap { $0.renamed(published) }.first ?? published
  }

  private func stem(_ images: Tensor) throws(TorchError) -> Tensor {
    let first = try conv1(images.channelsLast(), normalizedBy: bn1, activation: .relu)
    let second = try conv2(first, normalizedBy: bn2, activation: .relu)
    return try conv3(second, normalizedBy: bn3, activation: .relu)
  }
}

extension CLIPResNet: Initializable {
  /// The attention is normal with standard deviation 1/√C, as published; convolutions and blocks have their own values.
  public func initialize(using generator: Generator) throws(TorchError) {
    let width = Double(pool.positions.tensor.shape[1])
    for parameter in [
      pool.positions, pool.qProj.weight, pool.kProj.weight, pool.vProj.weight, pool.cProj.weight,
    ] {
      try parameter.initializeNormal(
        standardDeviation: 1 / width.squareRoot(), using: generator)
    }
  }
}
