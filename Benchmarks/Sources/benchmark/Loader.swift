import ArgumentParsing
import Datasets
import Imaging
import Torch

/// `benchmark loader`: two RandAugment(1, 6) views of each image of a folder, by one worker thread.
struct Loader: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Time the loading of batches.")

  @Argument(help: "A folder of class folders.")
  var folder: String

  @Option(help: "The side of a view, in pixels.")
  var size: Int

  @Option(help: "The images of a batch.")
  var batchSize = 64

  @OptionGroup var measure: MeasureOptions

  func run() throws {
    try measure.prepare()
    let dataset = try ImageDataset(at: folder)
    let samples = ClassificationSamples(
      dataset, preparation: .augmented(try RandAugment(), seed: 0), size: size, needsKeyView: true,
      normalization: try ChannelNormalization(
        mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225]))
    let runs = measure.warmup + measure.repeats
    let plan = (0..<runs).map { run in
      (
        epoch: run,
        indices: (0..<batchSize).map { (run * batchSize + $0) % dataset.samples.count }
      )
    }
    // One batch ahead at most, so that the warm-up's slack is soon used up and every later batch is waited for.
    let loader = BatchLoader(samples, plan: plan, workers: 1, lookahead: 1)
    defer { loader.stop() }
    try measure.report(images: batchSize) { try Double(loadOne(loader)) }
  }

  /// The next batch as tensors; the number of its images.
  private func loadOne(_ loader: BatchLoader) throws -> Int {
    guard let batch = try loader.next() else { return 0 }
    return try withExtendedLifetime(batch) {
      let shape = [batch.count] + batch.layout.viewShape
      _ = try Tensor(bytes: batch.query, shape: shape, dtype: .float32)
      if let key = batch.key { _ = try Tensor(bytes: key, shape: shape, dtype: .float32) }
      return batch.count
    }
  }
}
