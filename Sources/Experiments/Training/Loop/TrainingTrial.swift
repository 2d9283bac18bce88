import Datasets
import Foundation
import Generalization
import Runs
import Torch

/// A few real steps of an experiment, taken to see what a run of it will take. They change the experiment, which should not be
/// trained afterwards; nothing is written.
public struct TrainingTrial: Sendable {
  /// The number of steps that were measured, after a first one that was not.
  public let steps: Int
  /// The median of their times, with the reading of their images.
  public let secondsPerStep: Double
  /// The median time of judging an image of the size that is trained on; nil where images are judged in other sizes.
  public let secondsPerJudgedImage: Double?
  /// The most memory that the process has held so far, in bytes, without a GPU's own; nil where the system does not say.
  public let peakMemory: Int?

  /// Takes at most `count` steps after a first one.
  /// - Throws: what a run would throw.
  public init(of experiment: Experiment, steps count: Int = 3) throws {
    let stepper = Stepper(
      experiment.network, experiment.method, experiment.optimizer,
      frozenPrecision: experiment.steps.frozenPrecision, clipNorm: experiment.steps.clipNorm,
      mixing: experiment.randomization.mixing, seed: experiment.seed)
    let planned = min(count + 1, experiment.iterations)
    let loader = BatchLoader(
      try experiment.samples(), batches: experiment.order.batches(to: planned),
      workers: experiment.steps.workers, policy: experiment.steps.onError)
    let feed = BatchFeed(loader, experiment.inputs)
    defer { feed.stop() }
    var seconds: [Double] = []
    var clock = ContinuousClock.now
    while let (_, input) = try feed.next() {
      if seconds.isEmpty {
        try experiment.method.prepare(student: experiment.network) { input.query }
      }
      _ = try stepper.step(
        input, iteration: seconds.count, learningRate: experiment.learningRate(at: seconds.count))
      seconds.append((.now - clock) / .seconds(1))
      clock = .now
    }
    guard !seconds.isEmpty else {
      throw TrainingError.nothingReadable(path: experiment.task.trainingPath)
    }
    steps = max(seconds.count - 1, 1)
    secondsPerStep = Self.median(seconds.count > 1 ? Array(seconds.dropFirst()) : seconds)
    secondsPerJudgedImage = try Self.secondsPerJudgedImage(experiment)
    peakMemory = ProcessMemory.peak
  }

  private static func secondsPerJudgedImage(_ experiment: Experiment) throws -> Double? {
    guard let description = experiment.networkDescription, description.task == .classification
    else { return nil }
    let options = description.evaluation
    let count = min(options.batchSize, 16)
    let images = try Tensor(
      [Float](repeating: 0, count: 3 * count * options.imageSize * options.imageSize),
      shape: [count, 3, options.imageSize, options.imageSize]
    ).moved(to: experiment.device)
    var seconds: [Double] = []
    for _ in 0..<3 {
      let start = ContinuousClock.now
      // Reading a value waits for the device.
      _ = try withoutGradients {
        try experiment.network(images).logits.moved(to: .cpu).scalars(Float.self)
      }
      seconds.append((.now - start) / .seconds(1))
    }
    return median(seconds) / Double(count) * (options.mirrors ? 2 : 1)
  }

  private static func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
  }
}
