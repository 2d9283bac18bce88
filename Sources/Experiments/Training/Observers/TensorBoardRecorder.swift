import Generalization
import Imaging
import Runs
import TensorBoardEvents

/// Writes the run's figures as TensorBoard events into its folder: curves, confusion, and the recipe with the final figures as a
/// row of the table of hyperparameters.
final class TensorBoardRecorder: TrainingObserver {
  private let writer: EventFileWriter
  private var settings: [Hyperparameter] = []

  /// A recorder that writes a new event file in `folder`, which must exist.
  init(_ folder: RunFolder) throws {
    writer = try EventFileWriter(folder: folder.path)
  }

  /// Writes the figures of an event: losses under `loss/`, data sets under their own names.
  func observe(_ event: TrainingEvent) throws {
    switch event {
    case .started(let run):
      write(run)
      try writer.flush()
    case .skipped, .unrecorded, .damaged:
      break
    case .warned(let warning):
      writer.writeText(tag: "warning", text: warning.message, step: warning.iteration)
    case .step(let step):
      write(step)
      try writer.flush()
    case .evaluated(let record):
      try write(record)
      try writer.flush()
    case .finished(let results):
      writer.writeEnd(
        settings,
        metrics: results.evaluations.flatMap { record in
          Self.figures(of: record).map { Self.tag($0.name, of: record) }
        })
      try writer.close()
    }
  }

  private func write(_ run: RunDescription) {
    if let recipe = run.recipe {
      writer.writeText(tag: "recipe", text: "```\n\(recipe)```", step: run.iteration)
    }
    settings =
      run.recipe == nil
      ? [.init("method.name", .text(run.method)), .init("seed", .number(Double(run.seed)))]
      : run.settings.map { Hyperparameter($0.key, .init($0.value)) }
    writer.writeStart(settings)
  }

  private func write(_ step: StepMetrics) {
    var scalars = [
      ("loss/total", step.losses.total), ("lr", step.learningRate),
      ("images_per_second", step.imagesPerSecond),
    ]
    scalars += step.losses.summands.map { ("loss/\($0.name)", $0.value) }
    scalars += step.losses.figures.map { ($0.name, $0.value) }
    if let bytes = ProcessMemory.present { scalars.append(("memory_gb", Double(bytes) / 1e9)) }
    for (tag, value) in scalars {
      writer.writeScalar(tag: tag, value: value, step: step.iteration)
    }
  }

  private func write(_ record: EvaluationRecord) throws {
    for (name, value) in Self.figures(of: record) {
      writer.writeScalar(tag: Self.tag(name, of: record), value: value, step: record.iteration)
    }
    guard let classes = record.classes, classes.count <= ConfusionPicture.largestTable else {
      return
    }
    let picture = try ConfusionPicture(record.confusion, classes: classes).image()
    writer.writeImage(
      tag: Self.tag("confusion", of: record), png: try picture.encodedPNG(),
      width: picture.width, height: picture.height, step: record.iteration)
  }

  private static func figures(of record: EvaluationRecord) -> [(name: String, value: Double)] {
    var figures = [
      ("mean_class_accuracy", record.meanClassAccuracy), ("accuracy", record.accuracy),
    ]
    if let meanIoU = record.meanIoU { figures.append(("miou", meanIoU)) }
    for power in HypersphericalEnergy.Power.allCases {
      if let energy = record.hse?[power] { figures.append(("hse_\(power.rawValue)", energy)) }
    }
    return figures
  }

  private static func tag(_ name: String, of record: EvaluationRecord) -> String {
    "\(record.dataset)\(record.weights.map { " (\($0.rawValue))" } ?? "")/\(name)"
  }
}
