import ArgumentParsing
import Reporting

/// `syn2real report`
struct Report: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Show runs side by side as one HTML file.",
    discussion:
      "Figures, curves, classes and recipes; an unfinished run is shown with its newest figures.")

  @Argument(help: "The runs' folders.", completion: .directory)
  var runs: [String]

  @Option(help: .init("The HTML file.", valueName: "path"), completion: .file())
  var output = "report.html"

  func perform() throws {
    try HTMLReport(runs: runs).write(to: output)
    print(output)
  }
}
