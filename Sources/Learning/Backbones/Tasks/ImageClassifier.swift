import Torch
import TorchNN

/// A backbone, global average pooling and a new head: the classification network of Algorithm.md §3.
public struct ImageClassifier: ClassWeighting {
  /// The encoder, f_e.
  public let backbone: any Backbone
  /// The new head, a `ClassificationHead` or an `EmbeddingHead`.
  public var head: any Module { classifier }
  /// The arithmetic of the backbone's forward passes.
  public var precision = Precision.float32
  /// In how many parts the backbone takes a batch whose gradients are recorded.
  public var parts = 1
  /// The factors on the losses of the classes, by label.
  public var classWeights: Tensor?
  /// False: the classifier has neither dropout nor moving statistics.
  public let changesInTraining = false
  private let classifier: any PooledHead

  /// A classifier of `classes` with a head of zeros; initialise it or load weights.
  public init(backbone: any Backbone, classes: Int, hidden: Int = 512) throws(TorchError) {
    self.backbone = backbone
    classifier = try ClassificationHead(backbone.featureCount, hidden: hidden, classes: classes)
  }

  /// A classifier by the embeddings of the names of `classes`, all zeros; load weights.
  public init(backbone: any Backbone, classes: Int, dimension: Int) throws(TorchError) {
    self.backbone = backbone
    classifier = try EmbeddingHead(
      backbone.featureCount, dimension: dimension, classes: classes)
  }

  /// Computes the logits, N×classes, and the maps of `stages`; the same in both modes.
  public func callAsFunction(
    _ images: Tensor, stages: Set<Stage>, mode: NetworkMode
  ) throws -> TaskOutput {
    let features = try backbone.features(
      of: images, stages: stages, in: precision, parts: parts)
    return TaskOutput(logits: try classifier(features.pooled()), features: features)
  }

  /// The cross-entropy with N int64 class indices, averaged over the batch, with the weights of the classes where there are any: 0
  /// where all of them are 0.
  public func loss(_ logits: Tensor, labels: Tensor) throws -> Tensor {
    guard let classWeights else { return try logits.crossEntropy(labels) }
    let sum = try logits.crossEntropy(labels, weights: classWeights, reduction: .sum)
    return try sum / classWeights.gathered(0, labels).sum().clamped(min: .leastNormalFloat)
  }

  /// The number of images, or the sum of the weights of their classes.
  public func labelWeight(of labels: Tensor) throws -> Double {
    guard let classWeights else { return Double(labels.count) }
    return try classWeights.gathered(0, labels).converted(to: .float64).sum().item()
  }
}
