import Backbones
import Datasets
import Generalization
import Imaging
import Torch

/// Judges a classifier on a data set (ALGORITHM.md §7).
public struct ClassificationEvaluator: TaskEvaluator {
  private let batchSize: Int
  private let imageSize: Int
  private let mirrors: Bool
  private let workers: Int
  private let onError: BatchLoader.ErrorPolicy
  private let device: Device

  /// An evaluator as `recipe` has it.
  public init(_ recipe: Recipe, device: Device) {
    batchSize = recipe.evaluate.batchSize
    imageSize = recipe.data.imageSize
    mirrors = recipe.evaluate.mirrors
    workers = recipe.data.workers
    onError = recipe.data.onError
    self.device = device
  }

  /// Evaluates `network` on all images of `dataset`.
  /// - Throws: `ImageError` for an unreadable image under the policy `stop`.
  public func evaluate(
    _ network: any TaskNetwork, on dataset: ImageDataset, domain: Evaluation.Domain
  ) throws -> Evaluation {
    let samples = ClassificationSamples(
      dataset, preparation: .plain, size: imageSize, needsKeyView: false,
      normalization: try ChannelNormalization(network.backbone.pixelScaling))
    let plan = stride(from: 0, to: samples.count, by: batchSize).map { start in
      (epoch: 0, indices: Array(start..<min(start + batchSize, samples.count)))
    }
    let loader = BatchLoader(samples, plan: plan, workers: workers, policy: onError)
    defer { loader.stop() }
    var confusion = ConfusionMatrix(classes: dataset.classes.count)
    var features: [Tensor] = []
    while let batch = try loader.next() {
      let prediction = try withoutGradients { try predict(network, batch) }
      for (index, predicted) in zip(batch.indices, prediction.classes) {
        confusion.add(label: dataset.samples[index].label, prediction: Int(predicted))
      }
      features.append(prediction.features)
    }
    guard !features.isEmpty else { throw TrainingError.nothingReadable(path: dataset.path) }
    let all = try Tensor.concatenated(features)
    return Evaluation(
      dataset: dataset.path, domain: domain, measure: .accuracy, images: all.shape[0],
      classes: dataset.classes, confusion: confusion,
      energy: all.shape[0] > 1 ? try HypersphericalEnergy(of: all) : nil,
      skipped: loader.skippedSamples.count)
  }

  /// The predicted classes and the pooled features, N×C on the CPU.
  private func predict(
    _ network: any TaskNetwork, _ batch: Batch
  ) throws -> (classes: [Int64], features: Tensor) {
    let images = try batch.queryTensor(on: device)
    let output = try network(images)
    var probabilities = try output.logits.sigmoid()
    if mirrors {
      let mirrored = try network(images.flipped([3]))
      probabilities = try (probabilities + mirrored.logits.sigmoid()) / 2
    }
    return (
      try probabilities.argmax(1).moved(to: .cpu).scalars(),
      try output.features.pooled().moved(to: .cpu)
    )
  }
}

extension ChannelNormalization {
  /// The scaling a backbone asks for.
  init(_ scaling: PixelScaling) throws {
    try self.init(mean: scaling.mean, standardDeviation: scaling.standardDeviation)
  }
}
