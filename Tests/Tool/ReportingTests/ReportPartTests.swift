import DataTestSupport
import Foundation
import Reporting
import Testing

/// What a report says of several runs of several methods.
@Suite struct ReportPartTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Two methods with two seeds; of four cats and two dogs they recognise 1 and 2, 3 and 2; 2 and 1, 4 and 1.
  private func report() throws -> String {
    let runs = [
      try MadeUpRun(in: folder, named: "vanilla-seed0", seed: 0, counts: [[1, 3], [0, 2]]),
      try MadeUpRun(in: folder, named: "csg-seed0", seed: 0, counts: [[2, 2], [1, 1]]),
      try MadeUpRun(in: folder, named: "vanilla-seed1", seed: 1, counts: [[3, 1], [0, 2]]),
      try MadeUpRun(in: folder, named: "csg-seed1", seed: 1, counts: [[4, 0], [1, 1]]),
    ]
    return try HTMLReport(runs: runs.map(\.path)).html
  }

  @Test func `runs that differ in their seeds are one method`() throws {
    let html = try report()
    #expect(html.ranges(of: "data-toggle=").count == 2)
    #expect(html.contains("</svg>vanilla</button>") && html.contains("</svg>csg</button>"))
    #expect(html.contains("4 runs · seeds 0, 1 · cpu · 2 threads · syn2real 9.8.7"))
  }

  @Test func `the table of the comparison is there with its sentences`() throws {
    let html = try report()
    #expect(html.contains("<tr class=\"first\"><th scope=\"row\">vanilla</th>"))
    // 62.5 and 87.5 %; 50 and 75 %: 12.5 points less with each seed.
    #expect(html.contains("<td>75.0 ± 17.7</td>") && html.contains("<td>62.5 ± 17.7</td>"))
    #expect(html.contains("-12.5"))
    #expect(html.contains("<li>Differences from vanilla are of runs with the same seed.</li>"))
  }

  @Test func `classes have their mean, deviation and difference`() throws {
    let html = try report()
    // Cats: 25 and 75 % beside 50 and 100 %.
    #expect(html.contains("<b style=\"width:50.00%\"></b>"))
    #expect(
      html.contains("<i style=\"left:14.64%;width:70.71%\"></i></div><span>50.0 ± 35.4</span>"))
    #expect(html.contains("<td data-system=\"1\">+25.0 ± 0.0</td>"))
    #expect(html.contains("<td data-system=\"1\">-50.0 ± 0.0</td>"))
    // A whisker ends with its scale: 75 + 35.4 is cut at 100.
    #expect(html.contains("<i style=\"left:39.64%;width:60.36%\"></i>"))
  }

  @Test func `confusions are counted over the seeds`() throws {
    let html = try report()
    #expect(html.contains("title=\"cat taken for dog: 4 of 8\""))
    #expect(html.contains("title=\"cat taken for dog: 2 of 8\""))
    #expect(html.contains("title=\"dog taken for cat: 2 of 4\""))
    #expect(html.contains("style=\"--share:75.0%\""))
  }

  @Test func `curves have a mean, a band and the runs`() throws {
    let html = try report()
    let charts = html.matches(of: /<figure class="chart".*?<\/figure>/.dotMatchesNewlines())
    let accuracy = try #require(charts.first { $0.0.contains("mean-class accuracy") }).0
    #expect(
      accuracy.contains(
        "{&quot;system&quot;:0,&quot;x&quot;:[2],&quot;runs&quot;:[[0.625],[0.875]]}"))
    #expect(accuracy.ranges(of: "class=\"run\"").count == 4)
    #expect(accuracy.contains("vanilla from 75.0 % to 75.0 %"))
    let task = try #require(charts.first { $0.0.contains(">loss_task<") }).0
    #expect(task.ranges(of: "class=\"band\"").count == 2)
    // Both seeds are alike, so that the band has no width: down along the curve and back.
    #expect(task.contains("d=\"M62.0 12.0L426.0 204.0L426.0 204.0L62.0 12.0Z\""))
  }

  @Test func `energy stands beside accuracy`() throws {
    let html = try report()
    #expect(html.contains("<figure class=\"scatter\"><figcaption>photographs</figcaption>"))
    // All runs have one energy: there is no trend.
    #expect(!html.contains("Pearson"))
    #expect(html.contains("vanilla, mean: HSE 0 -0.500, mean-class accuracy 75.0 %"))
  }

  @Test func `figures of a diagnosis are inside`() throws {
    let run = try MadeUpRun(in: folder)
    let diagnosis = run.path + "/diagnosis"
    try FileManager.default.createDirectory(atPath: diagnosis, withIntermediateDirectories: true)
    for (name, text) in [
      ("diagnosis.json", "{}"), ("diagnosis.txt", "a<b"), ("hypersphere.svg", "<svg/>"),
      ("hypersphere.png", "no"), ("scatter-layer4.png", "png"), ("other.svg", "<svg/>"),
    ] {
      try Data(text.utf8).write(to: URL(filePath: "\(diagnosis)/\(name)"))
    }
    #expect(HTMLReport.isDiagnosis(diagnosis) && !HTMLReport.isDiagnosis(run.path))
    let html = try HTMLReport(runs: [run.path], diagnoses: [diagnosis, run.path]).html
    #expect(html.ranges(of: "<img ").count == 2)
    #expect(html.contains("src=\"data:image/svg+xml;base64,PHN2Zy8+\""))
    #expect(html.contains("src=\"data:image/png;base64,cG5n\""))
    #expect(html.contains("a&lt;b</pre>"))
  }

  @Test func `a section without anything to show is left out`() throws {
    let html = try HTMLReport(runs: [MadeUpRun(in: folder).path]).html
    let links = html.matches(of: /<a href="#(.*?)">/).map { String($0.1) }
    #expect(links == ["comparison", "curves", "classes", "confusion", "runs"])
    for link in links { #expect(html.contains("<section id=\"\(link)\"")) }
  }
}
