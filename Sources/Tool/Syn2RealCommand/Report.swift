import Analysis
import ArgumentParsing
import Foundation
import Reporting
import Runs

/// `syn2real report`
struct Report: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Show runs side by side as one HTML file.",
    discussion:
      "Figures, curves, classes and recipes; an unfinished run is shown with its newest figures.")

  @Argument(
    help: "The folders of runs, or of comparisons for all of their runs.", completion: .directory)
  var runs: [String]

  @Option(help: .init("The HTML file.", valueName: "path"), completion: .file())
  var output = "report.html"

  func perform() throws {
    try HTMLReport(runs: runs.flatMap(Self.runs)).write(to: output)
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
