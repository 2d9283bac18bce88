import Files
import Foundation
import Messages
import Runs
import Training

/// Trials of a recipe's values, of which one is chosen on held-out synthetic images alone.
public struct Sweep {
  /// A trial that trains to the end of its round.
  public struct Step {
    /// The trial.
    public let trial: SweepRecord.Trial
    /// Its run's folder.
    public let folder: RunFolder
    /// The number of steps after which to stop; nil to train to the end.
    public let end: Int?
  }

  /// How far it has come.
  public private(set) var record: SweepRecord
  private let folder: RunFolder
  private let lock: FileLock

  /// The sweep of `record` in `folder`, from its beginning or from where it was stopped.
  /// - Throws: `SweepError`, `TrainingError.dataChanged` where its trials would be judged on other data than earlier ones, `.inUse` where another process has the folder, `.cannotWrite`.
  public init(_ record: SweepRecord, in folder: RunFolder) throws {
    lock = try folder.lock()
    self.folder = folder
    self.record = record
    if let earlier = try Self.record(in: folder) {
      guard record.isSameSweep(as: earlier) else {
        throw SweepError.otherSweep(path: folder.path)
      }
      try RunData(record.data, listedAt: "").requireSame(
        as: earlier.data, of: Self.file(in: folder), listing: "")
    }
    try write()
  }

  /// Trains round after round and chooses the best of the last round by its held-out synthetic images; of equal ones the
  /// earlier.
  /// - Parameter train: makes some trials train to the end of their round, and gives the reasons of those that failed, by name.
  /// - Returns: the trial that is chosen.
  /// - Throws: `SweepError.allFailed`, and what `train` throws.
  public mutating func run(train: ([Step]) throws -> [String: String]) throws -> SweepRecord.Trial {
    let rounds = SuccessiveHalving(trials: record.trials.count, reduction: record.reduction)
    var members = Array(record.trials.indices)
    for (round, count) in rounds.counts.enumerated() {
      members = Array(members.prefix(count))
      let open = members.filter { figure(of: $0, round) == nil }
      let failures = try train(open.map { step($0, round, of: rounds.counts.count) })
      var figures: [Int: Double] = [:]
      for index in members {
        let trial = record.trials[index]
        record.trials[index].failure = failures[trial.name]
        guard failures[trial.name] == nil, let figure = figure(of: index, round) else { continue }
        record.trials[index].figures.append(figure)
        figures[index] = figure
      }
      try write()
      guard !figures.isEmpty else {
        throw SweepError.allFailed(
          trials: members.count,
          reason: members.compactMap { record.trials[$0].failure }.first
            ?? "no held-out image was judged")
      }
      members = SuccessiveHalving.best(figures, count: figures.count)
    }
    record.chosen = record.trials[members[0]].name
    try write()
    return record.trials[members[0]]
  }

  private func step(_ index: Int, _ round: Int, of rounds: Int) -> Step {
    let trial = record.trials[index]
    let isLast = round == rounds - 1 || trial.ends[round] == trial.ends.last
    return Step(
      trial: trial, folder: place(of: trial), end: isLast ? nil : trial.ends[round])
  }

  private func place(of trial: SweepRecord.Trial) -> RunFolder {
    RunFolder("\(folder.path)/\(trial.name)")
  }

  /// The best mean figure of a trial on held-out synthetic images up to the end of a round; nil where it has not come so far.
  /// Averaged weights count where there are any, as in the results of a run: with SWAD the last ones, which its losses chose.
  private func figure(of index: Int, _ round: Int) -> Double? {
    let trial = record.trials[index]
    let run = place(of: trial)
    // Evaluations are written before the checkpoint: a killed run may have left some of a moment, and not others.
    guard run.holdsResults || (run.lastIteration ?? 0) >= trial.ends[round] else { return nil }
    let records = JSONLines<EvaluationRecord>(contentsOf: run.evaluations).lines.map(\.value)
      .filter { $0.iteration <= trial.ends[round] }
    let log = EvaluationLog(records)
    let average = log.best(by: trial.averageSelection ?? .source, of: .average)
    guard let best = average ?? log.best(by: .source) else { return nil }
    return log.records(at: best, of: average == nil ? nil : .average)
      .filter { $0.domain == .synthetic }.meanHeadline
  }

  private func write() throws {
    try folder.write(Data(record.json().utf8), to: Self.file(in: folder))
  }

  private static func file(in folder: RunFolder) -> String { "\(folder.path)/sweep.json" }

  private static func record(in folder: RunFolder) throws -> SweepRecord? {
    let path = file(in: folder)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      return try JSONFormat.decode(SweepRecord.self, from: RunFolder.content(of: path))
    } catch {
      throw SweepError.damagedRecord(path: path, reason: decodingReason(of: error))
    }
  }
}
