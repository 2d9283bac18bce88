import DataTestSupport
import Reporting
import Testing

/// The charts of a report.
@Suite struct HTMLReportChartTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `draws one chart for each figure, one line for each run`() throws {
    let runs = try ["csg", "vanilla"].map { try MadeUpRun(in: folder, named: $0) }
    let html = try HTMLReport(runs: runs.map(\.path)).html
    let titles = html.matches(of: /<figure class="chart"[^>]*><figcaption>(.*?)<\/figcaption>/)
      .map { String($0.1) }
    #expect(
      titles == [
        "mean-class accuracy, photographs", "accuracy, photographs",
        "loss", "loss_task", "loss_nce_layer3", "lr", "nce_top1_layer3",
      ])
    // Two lines in each of seven charts, and two in the legend.
    #expect(html.ranges(of: "class=\"line\"").count == 16)
    #expect(html.contains("</svg>csg</button></li>"))
    #expect(html.contains("</svg>vanilla</button></li>"))
  }

  @Test func `puts the ends of a curve into the corners of its chart`() throws {
    let run = try MadeUpRun(in: folder)
    let html = try HTMLReport(runs: [run.path]).html
    #expect(html.contains(#"d="M62.0 12.0L426.0 204.0"/>"#), "loss_task falls from 2 to 1")
    #expect(html.contains(#"d="M62.0 204.0L426.0 12.0"/>"#), "lr rises from 0.1 to 0.2")
  }

  @Test func `leaves out of a curve what is not finite`() throws {
    let run = try MadeUpRun(in: folder)
    try run.append(#"{"iteration":2,"loss":1.5}"# + "\n", to: "metrics.jsonl")
    let html = try HTMLReport(runs: [run.path]).html
    #expect(html.contains(#"d="M62.0 12.0m-3 0h6m-3 -3v6M426.0 204.0m-3 0h6m-3 -3v6"/>"#))
  }

  @Test func `long curves become means of neighbours`() throws {
    let run = try MadeUpRun(in: folder)
    let lines = (0..<600).map { #"{"iteration":\#($0),"loss":\#($0 % 2)}"# }
    try run.write(lines.joined(separator: "\n"), to: "metrics.jsonl")
    let html = try HTMLReport(runs: [run.path]).html
    let path = try #require(html.firstMatch(of: /class="line"[^>]* d="(M[^"]*L[^"]*)"/)).1
    #expect(path.split(separator: "L").count == 300)
    #expect(path.split(separator: "L").allSatisfy { $0.hasSuffix(" 108.0") })
  }
}
