import Foundation
import Messages
import Runs

/// A run as read from its folder; an unfinished run has no `results.json`.
struct ReportedRun {
  let folder: String
  /// Nil for a run that was put together from parts.
  let recipe: String?
  let start: RunStart
  private let startedSeed: UInt64
  let steps: [StepRecord]
  let evaluations: [EvaluationRecord]
  let results: RunResults?
  let unreadableLines: Int

  init(folder path: String) throws(ReportError) {
    let folder = RunFolder(path)
    self.folder = path
    recipe =
      FileManager.default.fileExists(atPath: folder.recipe)
      ? String(decoding: try Self.content(of: folder.recipe), as: UTF8.self) : nil
    let environment: RunEnvironment = try Self.document(folder.environment)
    start = environment.newest
    startedSeed = environment.seed
    let metrics = JSONLines<StepRecord>(
      try Self.content(of: folder.metrics), of: folder.metrics)
    let records = JSONLines<EvaluationRecord>(
      try Self.content(of: folder.evaluations), of: folder.evaluations)
    steps = metrics.lines.map(\.value)
    evaluations = records.lines.map(\.value)
    unreadableLines = metrics.damagedLines.count + records.damagedLines.count
    do {
      results = try folder.finishedResults()
    } catch TrainingError.damagedResults(let path, let reason) {
      throw .damaged(path: path, reason: reason)
    } catch {
      throw .unreadable(path: folder.results, reason: "\(error)")
    }
  }

  private static func document<Value: Decodable>(_ path: String) throws(ReportError) -> Value {
    let data = try content(of: path)
    do {
      return try JSONFormat.decode(Value.self, from: data)
    } catch {
      throw .damaged(path: path, reason: decodingReason(of: error))
    }
  }

  private static func content(of path: String) throws(ReportError) -> Data {
    do {
      return try RunFolder.content(of: path)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }

  /// The name of the recipe's file. If the command line has several, the one with which the folder's name begins; if there is
  /// none, the name of the folder.
  var recipeName: String {
    let folderName = URL(filePath: folder).lastPathComponent
    let names = start.commandLine
      .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
      .map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
    if names.count == 1 { return names[0] }
    return names.filter(folderName.hasPrefix).max { $0.count < $1.count } ?? folderName
  }

  /// The final figures, those of averaged weights last, or before these exist, the figures of the newest evaluation of each
  /// data set.
  var finalEvaluations: [EvaluationRecord] {
    if let results { return results.evaluations + (results.average?.evaluations ?? []) }
    let newest = Dictionary(
      evaluations.map { ($0.title, $0.iteration) }, uniquingKeysWith: max)
    return evaluations.filter { $0.iteration == newest[$0.title] }
  }

  /// The number of steps before these figures.
  var finalIteration: Int { finalEvaluations.map(\.iteration).max() ?? 0 }

  /// The seed, from which the runs of different systems are paired.
  var seed: UInt64 { results?.seed ?? startedSeed }

  /// The final figures on the data set of a title.
  func final(titled title: String) -> EvaluationRecord? {
    finalEvaluations.first { $0.title == title }
  }

  /// The curve of a figure over all steps that have it.
  func curve(of name: String) -> [Curve.Point] {
    steps.compactMap { step in
      step.figures[name].map { Curve.Point(iteration: Double(step.iteration), value: $0) }
    }
  }

  /// What probably went wrong, and why the run ended before its last step, in sentences.
  var remarks: [String] {
    let warnings = (results?.warnings ?? []).map {
      "after \($0.iteration) iterations: \($0.message)"
    }
    return warnings + (results?.stopped.map { [$0.reason] } ?? [])
  }

  /// The curve of a figure over all evaluations with a title.
  func curve(
    of figure: KeyPath<EvaluationRecord, Double>, titled title: String
  ) -> [Curve.Point] {
    evaluations.filter { $0.title == title }.map {
      Curve.Point(iteration: Double($0.iteration), value: $0[keyPath: figure])
    }
  }
}
