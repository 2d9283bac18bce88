import Torch
import TorchNN

/// A deep residual network (He et al. 2016) with torchvision's architecture and keys.
public final class ResNet: MapChanging {
  let conv1: Convolution2d
  let bn1: any ConvolutionNorm
  let layer1: [any Module]
  let layer2: [any Module]
  let layer3: [any Module]
  let layer4: [any Module]
  let fc: Linear

  /// A whole stage of ResNet-50 is one segment. Shorter segments keep more maps between them than they save inside; longer
  /// ones, such as the third stage of ResNet-101 as a whole, need too much memory during their backward pass.
  private static let blocksOfSegment = 6

  /// The channels of each stage's map.
  public let channels: [Stage: Int]
  /// The scaling of ImageNet.
  public let pixelScaling = PixelScaling.imageNet
  /// The segments are the stem with its pooling, and the stages, in parts of at most six blocks.
  public var recomputes = false
  /// What training does to the maps of the stages.
  public var mapChange: MapChange?
  /// The published layer `fc`.
  public var imageNetClassifier: Linear? { fc }

  /// A network of zeros; initialise it or load weights.
  /// - Parameters:
  ///   - variant: the depth.
  ///   - norms: the kinds of norms.
  ///   - outputStride: the pixels from one place of the last map to the next, 32 or 8. At 8, stages 3 and 4 keep the
  ///     resolution of stage 2 and their 3×3 convolutions are dilated by 2 and 4, in the first convolution of a stage by
  ///     half of that (Algorithm.md §6); the weights are the same.
  ///   - width: the channels of the stem; 64 in every published network.
  ///   - imageNetClasses: the outputs of `fc`.
  public init(
    _ variant: ResNetVariant, norms: ResNetNorms = .batch, outputStride: Int = 32, width: Int = 64,
    imageNetClasses: Int = 1000
  ) throws(TorchError) {
    conv1 = try Convolution2d(
      3, width, kernel: 7, geometry: .init(stride: 2, padding: .symmetric(3)))
    bn1 = norms == .ibnB ? try InstanceNorm2d(width) : try BatchNorm2d(width)
    var inputs = width
    var channels: [Stage: Int] = [.stem: width]

    func layer(_ stage: Stage) throws(TorchError) -> [any Module] {
      let count = variant.blockCounts[stage.rawValue - 1]
      var blocks: [any Module] = []
      for index in 0..<count {
        var shape = ResidualShape(
          stage, block: index, inputs: inputs, width: width, outputStride: outputStride)
        shape.mixesNorms = norms == .ibnA && stage <= .layer3
        shape.normalizesSum = norms == .ibnB && stage <= .layer2 && index == count - 1
        if variant.usesBottlenecks {
          blocks.append(try Bottleneck(shape))
          inputs = shape.width * Bottleneck.expansion
        } else {
          blocks.append(try BasicBlock(shape))
          inputs = shape.width
        }
      }
      channels[stage] = inputs
      return blocks
    }

    layer1 = try layer(.layer1)
    layer2 = try layer(.layer2)
    layer3 = try layer(.layer3)
    layer4 = try layer(.layer4)
    fc = try Linear(inputs, imageNetClasses)
    self.channels = channels
    try fc.freeze()
  }

  /// Computes the maps of `stages` and of `layer4` for normalised N×3×H×W images; all after their ReLU.
  public func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
    var kept: [Stage: Tensor] = [:]
    var x = images
    if stages.contains(.stem) || mapChange != nil {
      x = try changed(
        segment(x, of: [conv1, bn1]) { [self] x throws(TorchError) in try stem(x[0]) },
        after: .stem)
      if stages.contains(.stem) { kept[.stem] = x }
      x = try pooled(x)
    } else {
      x = try segment(x, of: [conv1, bn1]) { [self] x throws(TorchError) in
        try pooled(stem(x[0]))
      }
    }
    for (stage, modules) in zip(Stage.allCases.dropFirst(), [layer1, layer2, layer3, layer4]) {
      let blocks = modules.compactMap { $0 as? any ResidualBlock }
      // A segment holds its input until its end, which a pass that keeps nothing should not do.
      let length = recomputes && recordsGradients ? Self.blocksOfSegment : 1
      for start in stride(from: 0, to: blocks.count, by: length) {
        let run = blocks[start..<min(start + length, blocks.count)]
        x = try segment(x, of: run.map { $0 as any Module }) { inputs throws(TorchError) in
          var x = inputs[0]
          for block in run { x = try block(x) }
          return x
        }
      }
      x = try changed(x, after: stage)
      if stages.contains(stage) { kept[stage] = x }
    }
    return FeatureMaps(stages: kept, last: x)
  }

  private func stem(_ images: Tensor) throws(TorchError) -> Tensor {
    try bn1.rectified(conv1, of: images.channelsLast())
  }

  private func pooled(_ x: Tensor) throws(TorchError) -> Tensor {
    try x.maxPooled(kernel: 3, stride: 2, padding: 1)
  }
}
