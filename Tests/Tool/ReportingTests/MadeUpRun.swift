import DataTestSupport
import Foundation
import Generalization
import Runs

/// A made-up run's folder.
struct MadeUpRun {
  let path: String

  /// The files of a run that ended, with two steps, one evaluation and two classes.
  init(
    in parent: TemporaryFolder, named name: String = "csg-0", seed: UInt64 = 7,
    counts: [[Int]] = [[1, 3], [0, 2]]
  ) throws {
    path = "\(parent.path)/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try write("seed: 0\nname: <&\"\n", to: "recipe.yaml")
    try write(commandLine: ["syn2real", "train", "Recipes/a<b.yaml"])
    try write(
      #"""
      {"iteration":0,"epoch":0,"lr":0.1,"loss":2.5,"loss_task":2,"loss_nce_layer3":0.5,"nce_top1_layer3":0.25,"indices":[1,2]}
      {"iteration":1,"epoch":0,"lr":0.2,"loss":"NaN","loss_task":1,"loss_nce_layer3":0.25,"nce_top1_layer3":0.75}

      """#, to: "metrics.jsonl")
    let record = Self.record(
      "photographs", .real, classes: ["cat", "dog"], counts: counts)
    try write([record])
    try write(
      JSONFormat.document(
        RunResults(
          method: "csg", seed: seed, selection: "source", selectionLabel: "best on held-out images",
          iteration: 2, iterations: 4, seconds: 12.25, skipped: 0, evaluations: [record])),
      to: "results.json")
  }

  /// An evaluation of two features at a right angle.
  static func record(
    _ dataset: String, _ domain: Evaluation.Domain, classes: [String], counts: [[Int]],
    measure: Evaluation.Measure = .accuracy, weights: StudentWeights? = nil
  ) -> EvaluationRecord {
    EvaluationRecord(
      Evaluation(
        dataset: dataset, domain: domain, measure: measure,
        images: counts.joined().reduce(0, +), classes: classes,
        confusion: ConfusionMatrix(counts: counts),
        energy: HypersphericalEnergy(values: [.zero: -0.5, .one: 1.25, .two: 2]), skipped: 0),
      iteration: 2, selection: "source", weights: weights)
  }

  /// Writes the evaluations.
  func write(_ records: [EvaluationRecord]) throws {
    try write(records.map(JSONFormat.line).reduce(Data(), +), to: "evaluations.jsonl")
  }

  /// Writes the environment of a run with the command line.
  func write(commandLine: [String]) throws {
    try write(
      JSONFormat.document(
        RunEnvironment(
          seed: 7,
          newest: RunStart(
            version: "9.8.7", libtorch: "2", system: "Debian", device: "cpu", threads: 2,
            commandLine: commandLine, started: "2026-01-01T00:00:00Z"))),
      to: "environment.json")
  }

  func write(_ data: Data, to name: String) throws {
    try data.write(to: URL(filePath: path + "/" + name))
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
  }

  func append(_ text: String, to name: String) throws {
    let old = try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    try write(old + text, to: name)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path + "/" + name)
  }
}
