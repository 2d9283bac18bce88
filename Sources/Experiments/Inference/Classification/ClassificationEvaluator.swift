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
    let loader = try loader(of: dataset, for: network)
    defer { loader.stop() }
    var confusion = ConfusionMatrix(classes: dataset.classNames.count)
    var features: [Tensor] = []
    var logits = ClassLogits(classes: dataset.classNames.count)
    var images: [JudgedImage] = []
    while let batch = try loader.next() {
      let judged = try judge(network, batch.queryTensor(on: device))
      let predictions: [Int64] = try judged.scores.argmax(1).scalars()
      let new = zip(batch.indices, predictions).map { index, prediction in
        JudgedImage(
          name: dataset.name(of: index), label: dataset.imageClass(of: index),
          prediction: Int(prediction))
      }
      for image in new { confusion.add(label: image.label, prediction: image.prediction) }
      images += new
      logits.append(try judged.logits.scalars(), labels: new.map(\.label))
      features.append(judged.features)
    }
    guard !features.isEmpty else { throw TrainingError.nothingReadable(path: dataset.path) }
    let all = try Tensor.concatenated(features)
    return Evaluation(
      dataset: dataset.path, domain: domain, measure: .accuracy, images: all.shape[0],
      classes: dataset.classNames, confusion: confusion,
      energy: all.shape[0] > 1 ? try HypersphericalEnergy(of: all) : nil,
      skipped: loader.skippedSamples.count, logits: logits, judged: images,
      judgedClasses: dataset.judgedClasses)
  }

  /// The logits of all images, of which no class is known.
  /// - Throws: as the evaluation of a data set.
  func logits(_ network: any TaskNetwork, of images: Images, classes: Int) throws -> ClassLogits {
    let loader = try loader(of: images, for: network)
    defer { loader.stop() }
    var logits = ClassLogits(classes: classes)
    while let batch = try loader.next() {
      logits.append(try judge(network, batch.queryTensor(on: device)).logits.scalars())
    }
    guard logits.count > 0 else { throw TrainingError.nothingReadable(path: images.path) }
    return logits
  }

  /// All images as batches of views for `network`.
  /// - Throws: `TrainingError.tooMuchMemory`.
  private func loader(of images: Images, for network: any TaskNetwork) throws -> BatchLoader {
    try JudgingMemory.require(
      images: min(options.batchSize, images.count), side: options.imageSize)
    let samples = ClassificationSamples(
      images, preparation: .plain, decoding: options.decoding, size: options.imageSize,
      needsKeyView: false,
      normalization: try ChannelNormalization(network.backbone.pixelScaling))
    let plan = stride(from: 0, to: samples.count, by: options.batchSize).map { start in
      (epoch: 0, indices: Array(start..<min(start + options.batchSize, samples.count)))
    }
    return BatchLoader(samples, plan: plan, workers: options.workers, policy: options.onError)
  }

  /// The scores of N images, N×classes, their logits (of picture and mirror image the mean), N×classes, and their pooled
  /// features, N×C, all on the CPU.
  private func judge(
    _ network: any TaskNetwork, _ images: Tensor
  ) throws -> (scores: Tensor, logits: Tensor, features: Tensor) {
    try withoutGradients {
      let output = try network(images)
      var logits = output.logits
      var scores = try logits.sigmoid()
      if options.mirrors {
        let mirrored = try network(images.flipped([3])).logits
        scores = try (scores + mirrored.sigmoid()) / 2
        logits = try (logits + mirrored) / 2
      }
      return (
        try scores.moved(to: .cpu), try logits.converted(to: .float32).moved(to: .cpu),
        try output.features.pooled().moved(to: .cpu)
      )
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
