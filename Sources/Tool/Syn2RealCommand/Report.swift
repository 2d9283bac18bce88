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
      The table of the comparison, energy beside accuracy, curves, classes, confusion, calibration, pictures with what \
      the networks say of them and where they look, the figures of diagnose, and recipes; an unfinished run is shown with its newest figures. The file needs nothing beside it, and \
      loads nothing.
      """)

  @Argument(
    help:
      "The folders of runs, of comparisons for all of their runs, and of what diagnose wrote.",
    completion: .directory)
  var runs: [String]

  @Option(help: .init("The HTML file.", valueName: "path"), completion: .file())
  var output = "report.html"

  @Option(
    help: .init(
      "How many pictures of each data set to show, those that were taken for something else first; at most \(PictureSets.Options().scenes) of scenes; 0 for none.",
      valueName: "count"))
  var pictures = PictureSets.Options().limit

  @OptionGroup var compute: ComputeOptions

  func perform() throws {
    let diagnoses = runs.filter(HTMLReport.isDiagnosis)
    let others = runs.filter { !diagnoses.contains($0) }
    guard pictures >= 0 else {
      throw ValidationError("--pictures must be 0 or more, not \(pictures).")
    }
    var shown = PictureSets.Options()
    shown.limit = pictures
    shown.scenes = min(shown.scenes, pictures)
    try HTMLReport(
      runs: others.flatMap(Self.runs), diagnoses: diagnoses + others.map { "\($0)/diagnosis" },
      pictures: shown, device: compute.prepare(), registry: CommandContext.current.registry
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
