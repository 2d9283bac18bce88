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
  /// The processes that judge the images together; nil where there is only this one.
  public let processes: ProcessGroup?

  /// Creates an evaluator for networks on `device`.
  /// - Parameter processes: the processes that judge the images together, each of them some batches; every one gets the whole
  ///   evaluation, the same as one process would.
  public init(
    _ options: EvaluationOptions = .init(), device: Device, sharedBy processes: ProcessGroup? = nil
  ) {
    self.options = options
    self.device = device
    self.processes = processes
  }

  /// Evaluates `network` on all images of `dataset`.
  /// - Throws: `ImageError` for an unreadable image under the policy `stop`, `TrainingError.tooMuchMemory` where a batch
  ///   cannot fit into this machine's memory.
  public func evaluate(
    _ network: any TaskNetwork, on dataset: Images, domain: Evaluation.Domain
  ) throws -> Evaluation {
    let loader = try loader(of: dataset, for: network)
    defer { loader.stop() }
    var judged = JudgedBatches(
      classes: dataset.classNames.count, features: network.backbone.featureCount)
    while let batch = try loader.next() {
      let result = try judge(network, batch.queryTensor(on: device))
      try judged.append(
        batch.indices, predictions: result.scores.argmax(1), logits: result.logits,
        features: result.features)
    }
    if let processes { judged = try judged.gathered(from: processes) }
    guard !judged.indices.isEmpty else { throw TrainingError.nothingReadable(path: dataset.path) }
    let images = try zip(judged.indices, judged.predictions()).map { index, prediction in
      JudgedImage(
        name: dataset.name(of: index), label: dataset.imageClass(of: index), prediction: prediction)
    }
    var confusion = ConfusionMatrix(classes: dataset.classNames.count)
    for image in images { confusion.add(label: image.label, prediction: image.prediction) }
    var logits = ClassLogits(classes: dataset.classNames.count)
    logits.append(try judged.logits().scalars(), labels: images.map(\.label))
    let skipped = loader.skippedSamples.count
    return Evaluation(
      dataset: dataset.path, domain: domain, measure: .accuracy, images: images.count,
      classes: dataset.classNames, confusion: confusion,
      energy: images.count > 1
        ? try HypersphericalEnergy(of: judged.features(), sharedBy: processes) : nil,
      skipped: try processes?.sums([skipped])[0] ?? skipped, logits: logits, judged: images,
      judgedClasses: dataset.judgedClasses)
  }

  /// The logits of all images, of which no class is known.
  /// - Throws: as the evaluation of a data set.
  func logits(_ network: any TaskNetwork, of images: Images, classes: Int) throws -> ClassLogits {
    let loader = try loader(of: images, for: network)
    defer { loader.stop() }
    var logits = ClassLogits(classes: classes)
    var parts = [try Tensor.zeros([0, classes])]
    var judged: [Int] = []
    while let batch = try loader.next() {
      parts.append(try judge(network, batch.queryTensor(on: device)).logits.moved(to: .cpu))
      judged += batch.indices
    }
    var all = try Tensor.concatenated(parts)
    if let processes {
      all = try GatheredOrder(of: judged, sharedBy: processes).gathered(all)
    }
    logits.append(try all.scalars())
    guard logits.count > 0 else { throw TrainingError.nothingReadable(path: images.path) }
    return logits
  }

  /// All images as batches of views for `network`, or this process's share of them.
  /// - Throws: `TrainingError.tooMuchMemory`.
  private func loader(
    of images: Images, for network: any TaskNetwork
  ) throws -> BatchLoader {
    try JudgingMemory.require(
      images: min(options.batchSize, images.count), side: options.imageSize)
    let samples = ClassificationSamples(
      images, preparation: .plain, decoding: options.decoding, size: options.imageSize,
      needsKeyView: false,
      normalization: try ChannelNormalization(network.backbone.pixelScaling))
    let plan = OwnBatches.of(
      Array(0..<samples.count), size: options.batchSize, sharedBy: processes
    ).map { (epoch: 0, indices: $0) }
    return BatchLoader(samples, plan: plan, workers: options.workers, policy: options.onError)
  }

  /// The scores of N images, N×classes, of which the predicted class has the largest: they order classes as the mean of the sigmoids
  /// does; their logits (of picture and mirror image the mean), N×classes; and their pooled features, N×C, all on the CPU.
  private func judge(
    _ network: any TaskNetwork, _ images: Tensor
  ) throws -> (scores: Tensor, logits: Tensor, features: Tensor) {
    try withoutGradients {
      let output = try network(images)
      var logits = output.logits
      // Sigmoids keep the order of logits, except that large ones are all 1.
      var scores = logits
      if options.mirrors {
        let mirrored = try network(images.flipped([3])).logits
        scores = try logits.logOddsOfMeanSigmoid(with: mirrored)
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
