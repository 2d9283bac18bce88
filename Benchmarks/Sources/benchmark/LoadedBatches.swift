import ArgumentParsing
import Datasets
import Torch

/// Batches that one worker thread reads, and how large they are.
struct LoadedBatches: ParsableArguments {
  @Option(help: "The side of a view, in pixels.")
  var size: Int

  @Option(help: "The images of a batch.")
  var batch = 64

  /// Times the reading of a batch after the other, as tensors.
  func report(_ source: some SampleSource, _ measure: MeasureOptions) throws {
    try measure.prepare()
    let runs = measure.warmup + measure.repeats
    let plan = (0..<runs).map { run in
      (epoch: run, indices: (0..<batch).map { (run * batch + $0) % source.count })
    }
    // One batch ahead at most, so that the warm-up's slack is soon used up and every later batch is waited for.
    let loader = BatchLoader(source, plan: plan, workers: 1, lookahead: 1)
    defer { loader.stop() }
    try measure.report(images: batch) { try Double(Self.loadOne(loader)) }
  }

  /// The next batch as tensors; the number of its images.
  private static func loadOne(_ loader: BatchLoader) throws -> Int {
    guard let batch = try loader.next() else { return 0 }
    let shape = [batch.count] + batch.layout.viewShape
    for view in [batch.query, batch.key].compactMap({ $0 }) {
      // The batch's own memory, as in training.
      _ = try Tensor(lending: view, of: batch, shape: shape, dtype: .float32)
    }
    return batch.count
  }
}
