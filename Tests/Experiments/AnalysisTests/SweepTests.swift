import Analysis
import Datasets
import Foundation
import Runs
import TensorFiles
import Testing

/// A sweep whose trials write made-up evaluations instead of training.
@Suite struct SweepTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("syn2real-sweep-\(UUID().uuidString)").path

  /// Four values, each with the figures that its run has at the ends of its rounds.
  private static let figures: [[Double]] = [
    [0.5, 0.9, 0.9], [0.6, 0.7, 0.8], [0.4, 1, 1], [0.7, 0.7, 0.7],
  ]
  private static let ends = [10, 20, 40]

  @Test func theBestOfTheLastRoundIsChosenByItsHeldOutImages() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var trained: [[String]] = []
    var sweep = try Sweep(record(), in: RunFolder(folder))
    let chosen = try sweep.run { steps in
      trained.append(steps.map { "\($0.trial.name) \($0.end ?? 0)" })
      try steps.forEach(write)
      return [:]
    }
    // On real images the third is the best in the first round. Of two equal ones in the second round the earlier goes on.
    #expect(
      trained == [
        ["trial-1 10", "trial-2 10", "trial-3 10", "trial-4 10"], ["trial-4 20", "trial-2 20"],
        ["trial-2 0"],
      ])
    #expect(chosen.name == "trial-2" && chosen.figures == [0.6, 0.7, 0.8])
    #expect(sweep.record.chosen == "trial-2")
    let lines = SweepTable(sweep.record).text.split(separator: "\n").dropFirst(3)
    #expect(
      lines.map { $0.split(separator: " ").map(String.init) } == [
        ["trial-2", "1", "60.0", "70.0", "80.0", "chosen"],
        ["trial-4", "3", "70.0", "70.0", "–"], ["trial-1", "0", "50.0", "–", "–"],
        ["trial-3", "2", "40.0", "–", "–"],
      ])
  }

  /// Of averages that losses choose the last is the run's, however good an earlier one was; the student's own figures do not
  /// count beside averages, and several held-out sets count alike.
  @Test(arguments: [(SelectionRule.last, "trial-2"), (.source, "trial-1"), (nil, "trial-1")])
  func averagedWeightsCountAsInTheResults(rule: SelectionRule?, chosen: String) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let averages = [[(0.9, 0.9), (0.2, 0.4)], [(0.1, 0.3), (0.8, 0.2)]]
    let trials = ["trial-1", "trial-2"].map {
      SweepRecord.Trial(name: $0, settings: [], ends: [20], averageSelection: rule)
    }
    var sweep = try Sweep(
      SweepRecord(recipe: "seed: 0", reduction: 1, trials: trials), in: RunFolder(folder))
    let best = try sweep.run { steps in
      for (step, figures) in zip(steps, averages) {
        let lines = zip([10, 20], figures).flatMap { iteration, pair in
          [("a", pair.0), ("b", pair.1)].flatMap { name, figure in
            [
              line(iteration, name, "synthetic", figure, of: "average"),
              line(iteration, name, "synthetic", step.trial.name == "trial-1" ? 0 : 0.95),
            ]
          }
        }
        try write(lines, lastIteration: 20, to: step.folder)
      }
      return [:]
    }
    #expect(best.name == chosen)
    let mean = (0.2 + 0.4) / 2
    #expect(sweep.record.trials[0].figures == [rule == .last ? mean : 0.9])
  }

  @Test func aSweepThatWasStoppedTrainsTheRestAndChoosesTheSame() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    struct Stop: Error {}
    do {
      var first = try Sweep(record(), in: RunFolder(folder))
      _ = try first.run { steps in
        try steps.prefix(3).forEach(write)
        throw Stop()
      }
      Issue.record("it went on")
    } catch is Stop {}
    var trained: [[String]] = []
    var second = try Sweep(record(), in: RunFolder(folder))
    let chosen = try second.run { steps in
      trained.append(steps.map(\.trial.name))
      try steps.forEach(write)
      return [:]
    }
    #expect(trained == [["trial-4"], ["trial-4", "trial-2"], ["trial-2"]])
    #expect(chosen.name == "trial-2")
  }

  @Test func aTrialThatFailsIsOutAndAllThatFailAreAnError() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      var sweep = try Sweep(record(), in: RunFolder(folder))
      let chosen = try sweep.run { steps in
        try steps.filter { $0.trial.name != "trial-4" }.forEach(write)
        return steps.contains { $0.trial.name == "trial-4" } ? ["trial-4": "it diverged"] : [:]
      }
      #expect(chosen.name == "trial-1")
      #expect(sweep.record.trials[3].failure == "it diverged")
    }
    var none = try Sweep(record(), in: RunFolder(folder + "/none"))
    #expect(throws: SweepError.allFailed(trials: 4, reason: "it diverged")) {
      try none.run { steps in
        Dictionary(uniqueKeysWithValues: steps.map { ($0.trial.name, "it diverged") })
      }
    }
  }

  @Test func anotherSweepInTheFolderIsRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do { _ = try Sweep(record(), in: RunFolder(folder)) }
    #expect(throws: SweepError.otherSweep(path: folder)) {
      try Sweep(record(recipe: "seed: 1"), in: RunFolder(folder))
    }
    try Data("{".utf8).write(to: URL(fileURLWithPath: folder + "/sweep.json"))
    #expect(throws: SweepError.damagedRecord(path: folder + "/sweep.json", reason: "no valid JSON"))
    {
      try Sweep(record(), in: RunFolder(folder))
    }
  }

  /// Trials on other images than those before them would be ranked together with them.
  @Test func changedDataAreRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func data(_ images: Int) throws -> [DatasetFingerprint] {
      let text = #"[{"path":"a","images":\#(images),"classes":["x"],"hash":"\#(images)"}]"#
      return try JSONDecoder().decode([DatasetFingerprint].self, from: Data(text.utf8))
    }
    for images in [3, 3] { _ = try Sweep(record(data: data(images)), in: RunFolder(folder)) }
    let error = #expect(throws: TrainingError.self) {
      try Sweep(record(data: data(4)), in: RunFolder(folder))
    }
    #expect("\(try #require(error))".contains("no longer those of \(folder)/sweep.json: a: "))
  }

  private func record(
    recipe: String = "seed: 0", data: [DatasetFingerprint]? = nil
  ) -> SweepRecord {
    SweepRecord(
      recipe: recipe, data: data, reduction: 2,
      trials: Self.figures.indices.map { number in
        SweepRecord.Trial(
          name: "trial-\(number + 1)",
          settings: [SweepRecord.Setting(key: "value", value: "\(number)")], ends: Self.ends)
      })
  }

  /// Leaves what a run leaves that has come to the end of its round: evaluations, and a checkpoint.
  private func write(_ step: Sweep.Step) throws {
    let number = try #require(Int(step.trial.settings[0].value))
    let rounds = step.end.flatMap(Self.ends.firstIndex).map { $0 + 1 } ?? Self.ends.count
    let lines = (0..<rounds).flatMap { round in
      [("synthetic", Self.figures[number][round]), ("real", 1.0 - Self.figures[number][round])]
        .map { line(Self.ends[round], $0.0, $0.0, $0.1) }
    }
    try write(lines, lastIteration: Self.ends[rounds - 1], to: step.folder)
  }

  /// A line of evaluations.
  private func line(
    _ iteration: Int, _ dataset: String, _ domain: String, _ figure: Double,
    of weights: String? = nil
  ) -> String {
    """
    {"iteration": \(iteration), "dataset": "\(dataset)", "domain": "\(domain)", "images": 1, "skipped": 0,\
     "mean_class_accuracy": \(figure), "accuracy": 1, "class_accuracies": {}, "confusion": [[1]],\
     \(weights.map { "\"weights\": \"\($0)\", " } ?? "")"selection": "current"}

    """
  }

  private func write(_ lines: [String], lastIteration: Int, to folder: RunFolder) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/checkpoints", withIntermediateDirectories: true)
    try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: folder.evaluations))
    var file = StateDictionary()
    file.metadata["iteration"] = "\(lastIteration)"
    try TensorFile.write(file, to: folder.lastCheckpoint)
  }
}
