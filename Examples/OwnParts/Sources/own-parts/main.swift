import Analysis
import Foundation
import Generalization
import Inference
import Registry
import Runs
import TorchNN
import Training

// A whole comparison without a recipe: data in memory, a backbone and a method of one's own.

let folder = CommandLine.arguments.dropFirst().first ?? "Runs/own-parts"

var judging = EvaluationOptions()
judging.imageSize = Shapes.side
judging.workers = 1

let task = ClassificationTask(
  try TaskData(
    training: Shapes.images("drawn shapes", ofEach: 48, noise: 4),
    heldOut: Shapes.images("other drawn shapes", ofEach: 16, noise: 5),
    others: [(Shapes.images("noisy shapes", ofEach: 16, noise: 60), .real)]),
  augmentation: .randAugment(operations: 1, magnitude: 6), evaluation: judging)

let student = Student(
  NetworkDescription(
    task: .classification, backbone: .twoConvolutions, head: .classifier(width: 16),
    firstWeights: .random, evaluation: judging))

func experiment(_ method: any MethodConfiguration, seed: UInt64) throws -> Experiment {
  var optimizer = SGDConfiguration()
  optimizer.backboneRate = 1
  var evaluation = EvaluationPlan()
  evaluation.every = 12
  return try Experiment(
    task: task, student: student, method: method, optimizer: optimizer,
    schedule: PolynomialSchedule(base: 0.05, warmup: 4), length: .iterations(24), batchSize: 16,
    seed: seed, evaluation: evaluation)
}

func system(_ method: any MethodConfiguration) -> ComparedSystem {
  ComparedSystem(
    name: type(of: method).name,
    runs: [0, 1].map { seed in .init(seed: seed) { try experiment(method, seed: seed) } })
}

/// Asks a run to stop after its first steps, as Ctrl-C does for the command.
final class Impatience: TrainingObserver {
  let interruption: Interruption

  init(_ interruption: Interruption) { self.interruption = interruption }

  func observe(_ event: TrainingEvent) {
    if case .step(let step) = event, step.iteration == 4 { interruption.request() }
  }
}

// The first run is stopped; the comparison goes on with it from its checkpoint.
let interruption = Interruption()
do {
  _ = try Trainer(
    experiment(VanillaConfiguration(), seed: 0), folder: RunFolder("\(folder)/vanilla-seed0"),
    observers: [Impatience(interruption)], interruption: interruption
  ).run()
} catch let error as TrainingError {
  guard case .interrupted = error else { throw error }
  print("stopped, and resumed below")
}

let comparison = try Comparison(
  [system(VanillaConfiguration()), system(FeaturePenaltyConfiguration(lambda: 0.05))],
  folder: RunFolder(folder))
try comparison.write(into: RunFolder(folder))
print(comparison.table.text, terminator: "")

// A checkpoint is enough to use the network: it says what it is made of.
let network = try TrainedNetwork(
  checkpoint: "\(folder)/feature-penalty-seed1/checkpoints/best.safetensors", device: .cpu,
  registry: .standard.adding(backbone: .twoConvolutions))
let disc = try Shapes.images("one more", ofEach: 1, noise: 30).image(
  0, decoding: .exact, shorterSide: Shapes.side
).image
if case .classes(let scores) = try network.predict(disc), let best = scores.first {
  print("a noisy disc is taken for a \(best.name)")
}
