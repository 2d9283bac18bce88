import Backbones
import Datasets
import FaultSupport
import Files
import Foundation
import Generalization
import Imaging
import Inference
import Runs
import TensorFiles
import Testing
import Torch
import TorchNN
import Training

/// A run so small that it can be repeated for every operation on files: made-up pictures of 16 pixels, a network of a few
/// weights, three steps, judged after each.
struct TinyRun {
  /// The image itself, each colour times a weight.
  private final class Colors: Backbone {
    let scale: Parameter
    let imageNetClassifier: Linear?
    let channels: [Stage: Int] = [.layer4: 3]
    let pixelScaling = PixelScaling.imageNet
    var recomputes = false

    init() throws {
      scale = try Parameter([3])
      try scale.tensor.replaceStorage(Tensor([1, 2, 3] as [Float]))
      imageNetClassifier = try Linear(3, 1)
      try imageNetClassifier?.freeze()
    }

    func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
      FeatureMaps(stages: [:], last: try images * scale.tensor.reshaped([1, 3, 1, 1]))
    }
  }

  /// A task that is judged by its weights.
  private struct Task: LearningTask {
    let base: any LearningTask

    var classNames: [String] { base.classNames }
    var trainingPath: String { base.trainingPath }
    var trainingFolder: String { base.trainingFolder }
    var trainingImages: [String] { base.trainingImages }
    var sampleCount: Int { base.sampleCount }
    var hasHeldOutData: Bool { base.hasHeldOutData }
    var hasOtherDomains: Bool { base.hasOtherDomains }

    func trainingSamples(
      for backbone: any Backbone, needsKeyView: Bool, styles: StyledViews?
    ) throws -> any SampleSource {
      try base.trainingSamples(for: backbone, needsKeyView: needsKeyView, styles: styles)
    }

    /// Figures that every bit of the head's weights decides, so that they differ from step to step, and two runs have the
    /// same only where they have computed the same.
    func evaluate(_ network: any TaskNetwork, on device: Device) throws -> [Evaluation] {
      var hash: UInt64 = 0
      for entry in network.headTensors {
        let weights: [Float] = try entry.tensor.detached().scalars()
        for weight in weights { hash = (hash ^ UInt64(weight.bitPattern)) &* 0x100_0000_01B3 }
      }
      let correct = Int((hash >> 32) % 100)
      // Three of four are right by the same margin.
      var logits = ClassLogits(classes: 2)
      let margin = Float(1 + correct % 10)
      logits.append([margin, 0, margin, 0, 0, margin, 0, margin], labels: [0, 1, 1, 1])
      return [
        Evaluation(
          dataset: "held-out", domain: .synthetic, measure: .accuracy, images: 200,
          classes: classNames,
          confusion: ConfusionMatrix(counts: [[correct, 100 - correct], [0, 100]]), energy: nil,
          skipped: 0, logits: logits)
      ]
    }
  }

  /// What a test changes about the run.
  struct Options {
    var averaging: WeightAveraging?
    var ratePolicy: RatePolicySettings?
    var patience: Int?
    var balance = SampleBalance.none
    var classWeights = ClassWeights.none
    var clipNorm: Double?
    var learningRate = 0.1
    /// Whether images are judged, not the weights of the head.
    var judgesImages = false
  }

  /// Everything that a run leaves except the times.
  struct Figures: Equatable {
    let results: String
    let metrics: [String]
    let evaluations: [String]
    let last: StateDictionary
    let best: StateDictionary
    let average: StateDictionary?
  }

  let folder: String
  private let iterations: Int
  private let every: Int
  private let seed: UInt64
  private let options: Options

  init(
    iterations: Int = 3, every: Int = 1, seed: UInt64 = 0, options: Options = Options()
  ) throws {
    folder = FastFolder.path("tiny")
    for (set, count) in [("train", 4), ("held-out", 1)] {
      for (label, name) in ["a", "b"].enumerated() {
        try FileSystem.current.createFolder("\(folder)/\(set)/\(name)")
        for number in 0..<count {
          let pixels = (0..<16 * 16 * 3).map { position in
            UInt8(truncatingIfNeeded: (position * (7 + 4 * label) + number * 31) / (3 + label))
          }
          try Image(width: 16, height: 16, channels: 3, pixels: pixels)
            .writePNG(to: "\(folder)/\(set)/\(name)/\(number).png")
        }
      }
    }
    self.iterations = iterations
    self.every = every
    self.seed = seed
    self.options = options
  }

  private func experiment() throws -> Experiment {
    var judging = EvaluationOptions()
    judging.imageSize = 16
    judging.workers = 1
    var evaluation = EvaluationPlan()
    evaluation.every = every
    evaluation.patience = options.patience
    var steps = StepOptions()
    steps.workers = 1
    steps.clipNorm = options.clipNorm
    let data = try TaskData(
      training: ImageDataset(at: path("train")), heldOut: ImageDataset(at: path("held-out")))
    let task = ClassificationTask(data, seed: seed, evaluation: judging)
    return try Experiment(
      task: options.judgesImages ? task : Task(base: task),
      student: Student(
        backbone: { try Colors() },
        network: { try ImageClassifier(backbone: $0, classes: $1, hidden: 2) }),
      method: VanillaConfiguration(), schedule: PolynomialSchedule(base: options.learningRate),
      length: .iterations(iterations), batchSize: 2, balance: options.balance, seed: seed,
      classWeights: options.classWeights, averaging: options.averaging,
      ratePolicy: options.ratePolicy, steps: steps,
      evaluation: evaluation)
  }

  /// A run with the first seed for which the evaluation after `iteration` steps is the best.
  static func withBest(
    at iteration: Int, iterations: Int = 3, options: Options = Options()
  ) throws -> TinyRun {
    for seed in UInt64(0)..<100 {
      let run = try TinyRun(iterations: iterations, seed: seed, options: options)
      let best = try run.train(into: "trial").iteration
      try FileManager.default.removeItem(atPath: run.path("trial"))
      if best == iteration { return run }
      run.remove()
    }
    throw NoSuchSeed()
  }

  private struct NoSuchSeed: Error {}

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Trains into the folder `name` until `iteration` steps are taken, and is killed in the next one.
  func train(into name: String, killedAfter iteration: Int) throws {
    #expect(throws: Killer.Killed.self) {
      try train(into: name, observers: [Killer(iteration)])
    }
  }

  private final class Killer: TrainingObserver {
    struct Killed: Error {}
    let iteration: Int
    init(_ iteration: Int) { self.iteration = iteration }
    func observe(_ event: TrainingEvent) throws {
      if case .step(let step) = event, step.iteration == iteration { throw Killed() }
    }
  }

  /// Trains into the folder `name`, from its last checkpoint where it has one, or from `checkpoint`.
  @discardableResult
  func train(
    into name: String, from checkpoint: String? = nil, observers: [any TrainingObserver] = []
  ) throws -> RunResults {
    let runFolder = RunFolder(path(name))
    let own = runFolder.holdsCheckpoint ? runFolder.lastCheckpoint : nil
    return try Trainer(
      experiment(), folder: runFolder, resumingFrom: checkpoint ?? own, observers: observers
    ).run()
  }

  func figures(of name: String) throws -> Figures {
    let run = RunFolder(path(name))
    return Figures(
      results: try text(run.results).replacing(/"(seconds|skipped)" : [^\n]*/, with: ""),
      metrics: try lines(run.metrics).map {
        $0.replacing(/"images_per_second":[^,}]*/, with: "")
      },
      evaluations: try lines(run.evaluations), last: try state(run.lastCheckpoint),
      best: try state(run.bestCheckpoint),
      average: FileManager.default.fileExists(atPath: run.averageCheckpoint)
        ? try state(run.averageCheckpoint) : nil)
  }

  /// The names in a folder of the run.
  func names(_ name: String) throws -> [String] {
    try FileSystem.current.names(in: path(name)).filter { !$0.hasPrefix("events.out") }
  }

  private func lines(_ path: String) throws -> [String] {
    try text(path).split(separator: "\n").map(String.init)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  private func state(_ path: String) throws -> StateDictionary {
    var state = try TensorFile.read(path)
    state.metadata["seconds"] = nil
    return state
  }
}
