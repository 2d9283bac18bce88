import Runs
import Generalization
import TensorBoardEvents

/// Writes the run's figures as TensorBoard events into its folder.
final class TensorBoardRecorder: TrainingObserver {
  private let writer: EventFileWriter

  /// A recorder that writes a new event file in `folder`, which must exist.
  init(_ folder: RunFolder) throws {
    writer = try EventFileWriter(folder: folder.path)
  }

  /// Writes the figures of an event: losses under `loss/`, data sets under their own names.
  func observe(_ event: TrainingEvent) throws {
    switch event {
    case .started(let run):
      if let recipe = run.recipe {
        writer.writeText(tag: "recipe", text: "```\n\(recipe)```", step: run.iteration)
      }
      try writer.flush()
    case .skipped, .unrecorded, .damaged:
      break
    case .warned(let warning):
      writer.writeText(tag: "warning", text: warning.message, step: warning.iteration)
    case .step(let step):
      write(step)
      try writer.flush()
    case .evaluated(let record):
      write(record)
      try writer.flush()
    case .finished:
      try writer.close()
    }
  }

  private func write(_ step: StepMetrics) {
    var scalars = [
      ("loss/total", step.losses.total), ("lr", step.learningRate),
      ("images_per_second", step.imagesPerSecond),
    ]
    scalars += step.losses.summands.map { ("loss/\($0.name)", $0.value) }
    scalars += step.losses.figures.map { ($0.name, $0.value) }
    for (tag, value) in scalars {
      writer.writeScalar(tag: tag, value: value, step: step.iteration)
    }
  }

  private func write(_ record: EvaluationRecord) {
    var scalars = [
      ("mean_class_accuracy", record.meanClassAccuracy), ("accuracy", record.accuracy),
    ]
    if let meanIoU = record.meanIoU { scalars.append(("miou", meanIoU)) }
    for power in HypersphericalEnergy.Power.allCases {
      if let energy = record.hse?[power] { scalars.append(("hse_\(power.rawValue)", energy)) }
    }
    for (name, value) in scalars {
      writer.writeScalar(
        tag: "\(record.dataset)\(record.weights.map { " (\($0.rawValue))" } ?? "")/\(name)",
        value: value, step: record.iteration)
    }
  }
}
