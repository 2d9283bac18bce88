import Torch
import TorchNN

/// A backbone at output stride 8 and a segmentation head (Algorithm.md §6).
public struct ImageSegmenter: ClassWeighting {
  /// The label of pixels whose class is not known.
  public static let ignoredLabel = 255

  /// The encoder, f_e; its batch norms are frozen (Algorithm.md §3).
  public let backbone: any Backbone
  /// The new head.
  public var head: any Module { segmentationHead }
  /// The arithmetic of the backbone's forward passes.
  public var precision = Precision.float32
  /// In how many parts the backbone takes a batch whose gradients are recorded.
  public var parts = 1
  /// The factors on the losses of the classes, by index.
  public var classWeights: Tensor?
  /// True, because a pyramid has dropout and trained batch norms.
  public let changesInTraining = true
  private let segmentationHead: any SegmentationHead

  /// A segmenter of `classes` with a head of zeros; initialise it or load weights.
  /// - Parameters:
  ///   - width: the channels of the head's maps.
  ///   - dropout: the share of the maps' elements that a training step drops before the last convolutions; nil for that of
  ///     the head's paper.
  public init(
    backbone: any Backbone, classes: Int, head: SegmentationHeadName = .aspp, width: Int = 256,
    dropout: Double? = nil
  ) throws(TorchError) {
    self.backbone = backbone
    segmentationHead = try head.make(
      backbone.channels, width: width, classes: classes, dropout: dropout)
    try backbone.freezeBatchNorms()
  }

  /// Computes the logits, N×classes×h×w at the resolution of the head, and the maps of `stages`.
  public func callAsFunction(
    _ images: Tensor, stages: Set<Stage>, mode: NetworkMode
  ) throws -> TaskOutput {
    let features = try backbone.features(
      of: images, stages: stages.union(segmentationHead.stages), in: precision, parts: parts)
    return TaskOutput(logits: try segmentationHead(features, mode: mode), features: features)
  }

  /// The logits, N×classes×h×w, scaled up with aligned corners to the size of the labels, N×H×W.
  public func fullSize(_ logits: Tensor, for labels: Tensor) throws -> Tensor {
    let (height, width) = (labels.shape[1], labels.shape[2])
    guard Array(logits.shape.suffix(2)) != [height, width] else { return logits }
    return try logits.upsampledBilinear(height: height, width: width, alignCorners: true)
  }

  /// The cross-entropy with int64 labels, N×H×W. The logits are scaled up to the size of the labels with aligned corners.
  /// The loss is averaged over the labelled pixels, with the weights of the classes where there are any, and 0 if there are
  /// no such pixels.
  public func loss(_ logits: Tensor, labels: Tensor) throws -> Tensor {
    let total = try fullSize(logits, for: labels).crossEntropy(
      labels, weights: classWeights, ignoring: Self.ignoredLabel, reduction: .sum)
    if let classWeights {
      return try total / weight(of: labels, classWeights).clamped(min: .leastNormalFloat)
    }
    return try total / labelledCount(labels).clamped(min: 1)
  }

  /// The share of an image's labelled pixels whose class is found, in the mean over the images; 0 for one without labels.
  public func accuracy(_ logits: Tensor, labels: Tensor) throws -> Tensor {
    let classes = try fullSize(logits.detached(), for: labels).argmax(1)
    let right = try classes.equals(labels).converted(to: .float32).sum([1, 2])
    return try (right / areLabelled(labels).sum([1, 2]).clamped(min: 1)).mean()
  }

  /// The number of labelled pixels, or the sum of the weights of their classes.
  public func labelWeight(of labels: Tensor) throws -> Double {
    try (classWeights.map { try weight(of: labels, $0) } ?? labelledCount(labels)).item()
  }

  private func labelledCount(_ labels: Tensor) throws -> Tensor {
    try areLabelled(labels).sum()
  }

  /// 1 for every pixel that is labelled, 0 for the others; float32.
  private func areLabelled(_ labels: Tensor) throws(TorchError) -> Tensor {
    try labels.isAtMost(Double(Self.ignoredLabel - 1)).converted(to: .float32)
  }

  /// The sum of the weights of all labelled pixels.
  private func weight(of labels: Tensor, _ weights: Tensor) throws -> Tensor {
    let counts = try labels.reshaped([labels.count]).occurrences(below: Self.ignoredLabel + 1)
      .narrowed(0, 0..<weights.shape[0])
    // Counts of a large crop are exact in float64 alone.
    return try (counts.converted(to: .float64) * weights.converted(to: .float64)).sum()
      .converted(to: .float32)
  }
}

extension Double {
  /// The smallest normal number of float32.
  static let leastNormalFloat = Double(Float.leastNormalMagnitude)
}
