import Analysis
import Foundation
import Runs
import Tables

/// What a report shows: runs by their systems, the table that compares them, and figures of their features.
struct ReportContent {
  let runs: [ReportedRun]
  /// The names of the runs: the names of their folders, or the whole paths if two folders have the same name.
  let labels: [String]
  let systems: [ReportedSystem]
  /// The comparison; nil where no run is finished.
  let table: ComparisonTable?
  let diagnoses: [ReportedDiagnosis]
  /// Pictures with what was said of them.
  let pictures: PictureSets
  /// The run of each system that said it; nil where none is finished.
  let judgingRuns: [ReportedRun?]
  /// The data sets of the final figures, and the weights judged, in words.
  let titles: [String]
  /// The titles without the folders that all of them share.
  private let shortNames: [String: String]

  init(
    _ runs: [ReportedRun], table: ComparisonTable?, diagnoses: [ReportedDiagnosis],
    pictures: ([JudgedSystem]) -> PictureSets
  ) {
    let names = runs.map { URL(filePath: $0.folder).lastPathComponent }
    let labels = Set(names).count == names.count ? names : runs.map(\.folder)
    self.runs = runs
    self.labels = labels
    systems = ReportedSystem.grouped(runs, labels: labels)
    self.table = table ?? Self.table(of: systems)
    self.diagnoses = diagnoses
    let judged = systems.map { system in
      JudgedSystem(name: system.name, folders: system.runs.map { RunFolder($0.folder) })
    }
    self.pictures = pictures(judged)
    judgingRuns = zip(systems, judged).map { system, judged in
      system.runs.first { $0.folder == judged.folder?.path }
    }
    titles = runs.flatMap(\.finalEvaluations).map(\.title).uniqued
    shortNames = Dictionary(
      zip(titles, PathNames.short(titles)), uniquingKeysWith: { first, _ in first })
  }

  private static func table(of systems: [ReportedSystem]) -> ComparisonTable? {
    let finished = systems.compactMap { system -> ComparisonTable.System? in
      let runs = system.runs.compactMap { run in
        run.results.map { (folder: run.folder, results: $0) }
      }
      guard !runs.isEmpty else { return nil }
      return ComparisonTable.System(
        name: system.name, runs: runs.map(\.results),
        outcomes: runs.reduce(into: [:]) { outcomes, run in
          outcomes[run.results.seed] = ImageOutcomes.read(
            in: RunFolder(run.folder), of: run.results)
        })
    }
    return finished.isEmpty ? nil : ComparisonTable(finished)
  }

  /// The names of the recipes.
  var title: String { runs.map(\.recipeName).uniqued.joined(separator: ", ") }

  /// What ran, where and when, in one line.
  var summary: String {
    let seeds = Set(runs.map(\.seed)).sorted().map(String.init).joined(separator: ", ")
    let starts = runs.map(\.start)
    let threads = Set(starts.map(\.threads)).sorted().map(String.init).joined(separator: ", ")
    return
      ([
        "\(runs.count) run\(runs.count == 1 ? "" : "s")",
        "seed\(seeds.contains(",") ? "s" : "") \(seeds)",
        starts.map { $0.processor ?? $0.device }.uniqued.joined(separator: ", "),
        "\(threads) thread\(threads == "1" ? "" : "s")",
        "syn2real " + starts.map(\.version).uniqued.joined(separator: ", "),
      ] + (starts.map(\.started).min().map { [String($0.prefix(10))] } ?? [])).joined(
        separator: " · ")
  }

  var isOfSegmentation: Bool {
    runs.contains { $0.evaluations.contains { $0.meanIoU != nil } }
  }

  /// The name of the main figure.
  var headlineName: String { isOfSegmentation ? "mean IoU" : "mean-class accuracy" }

  /// The title of the figures on a data set that its pictures belong to: those of averaged weights where there are any.
  func headlineTitle(of dataset: String) -> String {
    runs.lazy.flatMap { $0.results?.headlines ?? [] }.first { $0.dataset == dataset }?.title
      ?? dataset
  }

  /// What the report calls a title.
  func name(of title: String) -> String { shortNames[title] ?? title }

  /// The domain of a title's data set.
  func domain(of title: String) -> Evaluation.Domain? {
    runs.lazy.compactMap { $0.final(titled: title)?.domain }.first
  }
}
