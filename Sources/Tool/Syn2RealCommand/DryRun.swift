import Foundation
import Messages
import Recipes
import Torch
import Training

/// What `train --dry-run` prints: what a run would do and take.
struct DryRun: CustomStringConvertible {
  private let plan: TrainingPlan
  private let trial: TrainingTrial
  private let remarks: [String]
  private let recipe: String
  private let backbone: String
  private let device: Device

  /// Takes a few steps of `experiment`, which must not be trained afterwards.
  init(of experiment: Experiment, _ recipe: Recipe) throws {
    plan = try TrainingPlan(of: experiment)
    remarks = experiment.task.remarks
    self.recipe = try experiment.recipe?.text() ?? ""
    backbone = recipe.model.backbone.name
    device = experiment.device
    trial = try TrainingTrial(of: experiment)
  }

  var description: String {
    let sections = [
      ("Data", plan.sets.flatMap(Self.lines) + remarks),
      ("Run", runLines), ("Network", networkLines), ("Measured on \(device)", measuredLines),
      ("Recipe", recipe.split(separator: "\n").map(String.init)),
    ]
    return sections.map { title, lines in
      ([title] + lines.map { "  " + $0.visible }).map { $0 + "\n" }.joined()
    }.joined()
  }

  private static func lines(_ set: TrainingPlan.DataSet) -> [String] {
    let classes = set.classes.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    return ["\(set.role): \(set.path), \(set.count) images"]
      + (classes.isEmpty ? [] : ["  " + classes])
  }

  private var runLines: [String] {
    let epochs = Double(plan.iterations) / Double(plan.stepsPerEpoch)
    return [
      "\(plan.iterations) steps of \(plan.batchSize) images: "
        + String(format: "%.4g", epochs) + " epochs of \(plan.stepsPerEpoch) steps",
      "\(plan.evaluations) evaluations of \(plan.judgedImages) images each",
    ]
  }

  private var networkLines: [String] {
    [
      "\(backbone) with its head: \(plan.parameters) parameters",
      "trained, with what the method adds: \(plan.trainedParameters)",
      "frozen, with the method's teacher and queues: \(plan.frozenParameters)",
    ]
  }

  private var measuredLines: [String] {
    let steps = Double(plan.iterations) * trial.secondsPerStep
    let speed = Double(plan.batchSize) / max(trial.secondsPerStep, 1e-9)
    let judging = trial.secondsPerJudgedImage.map {
      Double(plan.evaluations * plan.judgedImages) * $0
    }
    let threads =
      device == .cpu
      ? ", \(Libtorch.threadCount) thread\(Libtorch.threadCount == 1 ? "" : "s")" : ""
    return [
      String(format: "%.3g s a step, %.3g images/s", trial.secondsPerStep, speed)
        + " (the median of \(trial.steps) after a first one\(threads))",
      "all steps: about \(Self.duration(steps))"
        + (judging.map {
          "; all evaluations: about \(Self.duration($0)) and the reading of their images"
        }
          ?? "; evaluations come on top"),
      trial.peakMemory.map { String(format: "memory: %.2f GB at most so far", Double($0) / 1e9) }
        .map { $0 + (device == .cpu ? "" : ", without the device's") }
        ?? "memory: not known on this system",
    ]
  }

  private static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<100: String(format: "%.0f s", seconds.rounded(.up))
    case ..<6000: String(format: "%.0f min", (seconds / 60).rounded(.up))
    default: String(format: "%.1f h", seconds / 3600)
    }
  }
}
