import Backbones
import Datasets
import Generalization
import Imaging
import Runs
import Torch

/// Judges a classifier on a data set (Algorithm.md §7).
public struct ClassificationEvaluator<Images: ClassifiedImages>: TaskEvaluator {
  /// How it judges images.
  public let options: EvaluationOptions
  private let device: Device

  /// Creates an evaluator for networks on `device`.
  public init(_ options: EvaluationOptions = .init(), device: Device) {
    self.options = options
    self.device = device
  }

  /// Evaluates `network` on all images of `dataset`.
  /// - Throws: `ImageError` for an unreadable image under the policy `stop`, `TrainingError.tooMuchMemory` where a batch
  ///   cannot fit into this machine's memory.
  public func evaluate(
    _ network: any TaskNetwork, on dataset: Images, domain: Evaluation.Domain
  ) throws -> Evaluation {
    try JudgingMemory.require(
      images: min(options.batchSize, dataset.count), side: options.imageSize)
    let samples = ClassificationSamples(
      dataset, preparation: .plain, decoding: options.decoding, size: options.imageSize,
      needsKeyView: false,
      normalization: try ChannelNormalization(network.backbone.pixelScaling))
    let plan = stride(from: 0, to: samples.count, by: options.batchSize).map { start in
      (epoch: 0, indices: Array(start..<min(start + options.batchSize, samples.count)))
    }
    let loader = BatchLoader(samples, plan: plan, workers: options.workers, policy: options.onError)
    defer { loader.stop() }
    var confusion = ConfusionMatrix(classes: dataset.classNames.count)
    var features: [Tensor] = []
    while let batch = try loader.next() {
      let judged = try judge(network, batch.queryTensor(on: device))
      let predictions: [Int64] = try judged.scores.argmax(1).scalars()
      for (index, predicted) in zip(batch.indices, predictions) {
        confusion.add(label: dataset.imageClass(of: index), prediction: Int(predicted))
      }
      features.append(judged.features)
    }
    guard !features.isEmpty else { throw TrainingError.nothingReadable(path: dataset.path) }
    let all = try Tensor.concatenated(features)
    return Evaluation(
      dataset: dataset.path, domain: domain, measure: .accuracy, images: all.shape[0],
      classes: dataset.classNames, confusion: confusion,
      energy: all.shape[0] > 1 ? try HypersphericalEnergy(of: all) : nil,
      skipped: loader.skippedSamples.count)
  }

  /// The score of every class for an RGB image, in [0, 1].
  func scores(_ network: any TaskNetwork, of image: Image) throws -> [Double] {
    try JudgingMemory.require(images: 1, side: options.imageSize)
    let view = try ClassificationSamples.plainView(of: image, size: options.imageSize)
    let normalization = try ChannelNormalization(network.backbone.pixelScaling)
    let pixels = try Tensor(
      normalization(view), shape: [1, 3, options.imageSize, options.imageSize])
    return try judge(network, pixels.moved(to: device)).scores.converted(to: .float64).scalars()
  }

  /// The scores of N images, N×classes, and their pooled features, N×C, on the CPU.
  private func judge(
    _ network: any TaskNetwork, _ images: Tensor
  ) throws -> (scores: Tensor, features: Tensor) {
    try withoutGradients {
      let output = try network(images)
      var scores = try output.logits.sigmoid()
      if options.mirrors {
        scores = try (scores + network(images.flipped([3])).logits.sigmoid()) / 2
      }
      return (try scores.moved(to: .cpu), try output.features.pooled().moved(to: .cpu))
    }
  }
}

extension ClassificationEvaluator: StoredSetEvaluator where Images: StoredDataset {}

extension ChannelNormalization {
  /// The pixel scaling that a backbone needs.
  package init(_ scaling: PixelScaling) throws {
    try self.init(mean: scaling.mean, standardDeviation: scaling.standardDeviation)
  }
}
