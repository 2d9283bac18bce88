import Analysis
import ArgumentParsing
import Foundation
import Reporting
import Runs

/// `syn2real report`
struct Report: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Show runs side by side as one HTML file.",
    discussion: """
      The table of the comparison, energy beside accuracy, curves, classes, confusion, calibration, the figures of \
      diagnose, and recipes; an unfinished run is shown with its newest figures. The file needs nothing beside it, and \
      loads nothing.
      """)

  @Argument(
    help:
      "The folders of runs, of comparisons for all of their runs, and of what diagnose wrote.",
    completion: .directory)
  var runs: [String]

  @Option(help: .init("The HTML file.", valueName: "path"), completion: .file())
  var output = "report.html"

  func perform() throws {
    let diagnoses = runs.filter(HTMLReport.isDiagnosis)
    let others = runs.filter { !diagnoses.contains($0) }
    try HTMLReport(
      runs: others.flatMap(Self.runs), diagnoses: diagnoses + others.map { "\($0)/diagnosis" }
    ).write(to: output)
    print(output)
  }

  /// The runs of a comparison, or the run itself.
  private static func runs(in path: String) -> [String] {
    guard !FileManager.default.fileExists(atPath: RunFolder(path).environment) else {
      return [path]
    }
    let compared = ComparisonFolder(RunFolder(path)).runs.map(\.folder.path)
    return compared.isEmpty ? [path] : compared
  }
}
