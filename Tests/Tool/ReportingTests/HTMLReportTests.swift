import DataTestSupport
import FaultSupport
import Files
import Foundation
import Generalization
import Reporting
import Runs
import Testing

@Suite struct HTMLReportTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `tells runs, final figures and classes`() throws {
    let run = try MadeUpRun(in: folder)
    let html = try HTMLReport(runs: [run.path]).html
    #expect(html.contains("<h1>a&lt;b</h1>"))
    #expect(
      html.contains(
        #"<tr><th scope="row">csg-0</th><td>a&lt;b</td><td>csg</td><td>7</td>"#
          + "<td>best on held-out images</td><td>2 of 4</td><td>12.2</td><td>cpu</td>"
          + "<td>9.8.7</td><td>2026-01-01T00:00:00Z</td><td>none</td></tr>"))
    #expect(
      html.contains(
        #"<tr><th scope="row">csg-0</th><td>csg</td><td>photographs</td><td>real</td>"#
          + "<td>62.5 %</td><td>50.0 %</td><td>-0.5000</td><td>1.2500</td><td>2.0000</td></tr>"))
    #expect(html.contains(#"<tr><th scope="row">cat</th><td class="bars">"#))
    #expect(html.contains(#"<b style="width:25.00%"></b></div><span>25.0</span>"#))
    #expect(
      html.contains(
        "<summary>csg-0</summary><pre tabindex=\"0\">seed: 0\nname: &lt;&amp;&quot;\n</pre>"))
  }

  @Test func `tells averaged weights, warnings and an early end`() throws {
    let run = try MadeUpRun(in: folder)
    let own = MadeUpRun.record(
      "photos", .real, classes: ["cat", "dog"], counts: [[1, 3], [0, 2]])
    let other = MadeUpRun.record(
      "photos", .real, classes: ["cat", "dog"], counts: [[4, 0], [0, 2]], weights: .average)
    try run.write([own, other])
    try run.write(
      JSONFormat.document(
        RunResults(
          method: "csg", seed: 7, selection: "last", selectionLabel: "last checkpoint",
          iteration: 2, iterations: 4, seconds: 1, skipped: 0, evaluations: [own],
          average: AverageResults(name: "ema", label: "", iteration: 2, evaluations: [other]),
          warnings: [.init(kind: .lossExploded, message: "it <grew>", iteration: 1)],
          stopped: EarlyStop(iteration: 2, reason: "no better"))), to: "results.json")
    let html = try HTMLReport(runs: [run.path]).html
    #expect(html.contains("<td>photos</td><td>real</td><td>62.5 %</td>"))
    #expect(html.contains("<td>photos, averaged weights</td><td>real</td><td>100.0 %</td>"))
    #expect(html.contains("<li>csg-0: after 1 iterations: it &lt;grew&gt;</li>"))
    #expect(html.contains("<li>csg-0: no better</li>"))
  }

  @Test func `shows intersection over union where there is any`() throws {
    let run = try MadeUpRun(in: folder)
    // 2 / (2 + 2 + 12) and 10 / (10 + 6): 12.5 and 62.5 %.
    try run.write([
      MadeUpRun.record(
        "streets", .unseen, classes: ["road", "sky"], counts: [[2, 2], [12, 10]],
        measure: .intersectionOverUnion)
    ])
    try run.remove("results.json")
    let html = try HTMLReport(runs: [run.path]).html
    #expect(html.contains("<td>streets</td><td>unseen</td><td>27.1 %</td><td>46.2 %</td>"))
    #expect(html.contains("mean IoU") && !html.contains("mean-class accuracy"))
    #expect(html.contains(#"<tr><th scope="row">road</th><td class="bars">"#))
    #expect(html.contains(#"<b style="width:12.50%"></b></div><span>12.5</span>"#))
  }

  @Test func `shows accuracy over confidence where there are probabilities`() throws {
    let run = try MadeUpRun(in: folder)
    #expect(try !HTMLReport(runs: [run.path]).html.contains("Calibration"))
    // Four images of 80 % confidence, three of them right; at temperature 2 the confidence is 67 %.
    var logits = ClassLogits(classes: 2)
    let strength = Float(log(4.0))
    logits.append([strength, 0, strength, 0, strength, 0, strength, 0], labels: [0, 0, 0, 1])
    let evaluation = Evaluation(
      dataset: "photographs", domain: .real, measure: .accuracy, images: 4,
      classes: ["cat", "dog"], confusion: ConfusionMatrix(counts: [[3, 0], [1, 0]]), skipped: 0,
      logits: logits)
    let calibration = Calibration(temperature: 2, samples: 4, errorBefore: 0, errorAfter: 0)
    try run.write([
      EvaluationRecord(evaluation, calibration: calibration, iteration: 2, selection: "current")
    ])
    try run.remove("results.json")
    let html = try HTMLReport(runs: [run.path]).html
    #expect(
      html.contains(
        "<td class=\"words\">photographs</td>\n<td>5.0</td>\n<td>2.000</td>\n<td>8.3</td></tr>"))
    #expect(html.contains("accuracy by confidence, photographs</figcaption>"))
    #expect(html.contains(">confidence</text>"))
  }

  @Test(arguments: [
    ("csg-seed0", "csg"), ("csg-wide-seed1", "csg-wide"), ("other", "other"),
  ])
  func `names the recipe of several that begins the folder's name`(
    folderName: String, recipe: String
  ) throws {
    let run = try MadeUpRun(in: folder, named: folderName)
    try run.write(
      commandLine: ["syn2real", "compare", "a/vanilla.yaml", "a/csg.yaml", "csg-wide.yml"])
    let html = try HTMLReport(runs: [run.path]).html
    #expect(html.contains("<h1>\(recipe)</h1>"))
  }

  @Test func `needs nothing beside it`() throws {
    let run = try MadeUpRun(in: folder)
    let html = try HTMLReport(runs: [run.path]).html
    for part in ["http:", "https:", "<link", "src=", "url(", "import("] {
      #expect(!html.contains(part))
    }
  }

  @Test func `a browser may load and send nothing, and run the report's script alone`() throws {
    let run = try MadeUpRun(in: folder)
    let html = try HTMLReport(runs: [run.path]).html
    let policy = try #require(
      html.firstMatch(of: /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/)
    ).1
    let scripts = html.matches(of: /<script>((?s:.*?))<\/script>/)
    #expect(scripts.count == 1 && html.ranges(of: "<script").count == 1)
    let hash = try sha256(of: String(try #require(scripts.first).1))
    #expect(
      policy.hasPrefix(
        "default-src 'none'; script-src 'sha256-\(hash)'; style-src 'unsafe-inline'; img-src data:;"
      ), "the hash of the script in PageResources must be \(hash)")
  }

  /// As `sha256sum` has it, in base 64.
  private func sha256(of text: String) throws -> String {
    let file = folder.path + "/script.js"
    try Data(text.utf8).write(to: URL(filePath: file))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sha256sum", file]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let digits = Array(String(decoding: output, as: UTF8.self).prefix(64))
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
    return Data(bytes).base64EncodedString()
  }

  /// A mark before a sign makes one `Character` of both, which is none of those that HTML knows.
  @Test(arguments: ["\u{600}", "\u{1F1E6}", "", "a\u{301}"])
  func `a name is text and never markup`(mark: String) throws {
    let name =
      "\(mark)<img src=x onerror=alert(1)>\u{301}\(mark)\"\u{308} onload=\"x\(mark)&\(mark)'\u{7}\u{FFFE}"
    let run = try MadeUpRun(in: folder)
    let quoted = String(decoding: try JSONEncoder().encode(name), as: UTF8.self)
    try run.write([MadeUpRun.record(name, .real, classes: [name], counts: [[1]])])
    try run.write(
      "{\"iteration\":0,\"loss\":1,\"loss_\" : 1,\(quoted.replacing("\"\(mark)", with: "\"loss_\(mark)")):1}\n",
      to: "metrics.jsonl")
    try run.write("# \(name)\n", to: "recipe.yaml")
    try run.remove("results.json")
    let html = try HTMLReport(runs: [run.path]).html
    let scalars = Array(html.unicodeScalars)
    let marks = [UInt32(7), 0xFFFE]
    #expect(!scalars.contains { marks.contains($0.value) })
    // By scalars, as a browser reads: the only tags are the report's own, and no attribute holds the name's quotes.
    func count(_ text: String) -> Int {
      let wanted = Array(text.unicodeScalars)
      return scalars.indices.count { scalars[$0...].starts(with: wanted) }
    }
    #expect(count("<img") == 0 && count("onload=\"") == 0)
    #expect(count("&lt;img src=x onerror=alert(1)&gt;") > 4)
    #expect(count(" onload=&quot;x") == count("&lt;img"))
  }

  @Test func `half a line at the end is passed over and counted`() throws {
    let run = try MadeUpRun(in: folder)
    let whole = try HTMLReport(runs: [run.path]).html
    try run.append(#"{"iteration":2,"loss":1."#, to: "metrics.jsonl")
    let html = try HTMLReport(runs: [run.path]).html
    #expect(html.replacing("<td>1</td></tr>", with: "<td>none</td></tr>") == whole)
  }

  @Test func `a run that has not ended is shown with its newest figures`() throws {
    let run = try MadeUpRun(in: folder)
    try run.remove("results.json")
    let html = try HTMLReport(runs: [run.path]).html
    #expect(html.contains("<td>unfinished: newest figures</td><td>2 so far</td>"))
    #expect(html.contains("<td>62.5 %</td>"))
  }

  @Test func `every data set keeps its newest figures while the next are being computed`() throws {
    let run = try MadeUpRun(in: folder)
    try run.remove("results.json")
    let text = try String(contentsOfFile: "\(run.path)/evaluations.jsonl", encoding: .utf8)
    let next = text.replacing("\"photographs\"", with: "\"drawings\"")
      .replacing("\"iteration\":2", with: "\"iteration\":3")
    #expect(next != text)
    try run.append(next, to: "evaluations.jsonl")
    let html = try HTMLReport(runs: [run.path]).html
    #expect(html.contains("data-dataset=\"photographs\""))
    #expect(html.contains("data-dataset=\"drawings\""))
  }

  @Test func `a run put together from parts has no recipe to show`() throws {
    let run = try MadeUpRun(in: folder)
    #expect(try HTMLReport(runs: [run.path]).html.contains("<pre"))
    try run.remove("recipe.yaml")
    #expect(try !HTMLReport(runs: [run.path]).html.contains("<pre"))
  }

  @Test func `folders of one name are told apart by their paths`() throws {
    let runs = try ["a/run", "b/run"].map { try MadeUpRun(in: folder, named: $0) }
    let html = try HTMLReport(runs: runs.map(\.path)).html
    for run in runs { #expect(html.contains("</svg>\(run.path)</button></li>")) }
  }

  @Test(arguments: ["environment.json", "metrics.jsonl", "evaluations.jsonl"])
  func `a missing file is an error with its path`(name: String) throws {
    let run = try MadeUpRun(in: folder)
    try run.remove(name)
    #expect(
      throws: ReportError.unreadable(
        path: "\(run.path)/\(name)", reason: "No such file or directory")
    ) {
      try HTMLReport(runs: [run.path])
    }
  }

  @Test func `a damaged document is an error that names the key`() throws {
    let run = try MadeUpRun(in: folder)
    try run.write(#"{"method": "csg"}"#, to: "results.json")
    #expect(throws: ReportError.damaged(path: run.path + "/results.json", reason: "no 'seed'")) {
      try HTMLReport(runs: [run.path])
    }
  }

  @Test func `no run is an error`() {
    #expect(throws: ReportError.noRuns) { try HTMLReport(runs: []) }
  }

  @Test(arguments: Fault.allCases)
  func `a fault at any operation leaves the old report or the new one`(fault: Fault) throws {
    let report = try HTMLReport(runs: [MadeUpRun(in: folder).path])
    let path = folder.path + "/report.html"
    let former = "<!DOCTYPE html>old"
    let count = FaultyOperations()
    try FileSystem.$current.withValue(FileSystem(count)) { try report.write(to: path) }
    #expect(count.count == 6)
    for point in 1...count.count {
      try Data(former.utf8).write(to: URL(filePath: path))
      let operations = FaultyOperations(fault, at: point)
      do {
        try FileSystem.$current.withValue(FileSystem(operations)) { try report.write(to: path) }
      } catch {
        #expect("\(error)".contains(path))
      }
      operations.end()
      let found = try String(contentsOfFile: path, encoding: .utf8)
      #expect(found == former || found == report.html)
      try report.write(to: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == report.html)
    }
  }

  @Test func `writes the report, or says why not`() throws {
    let run = try MadeUpRun(in: folder)
    let report = try HTMLReport(runs: [run.path])
    try report.write(to: run.path + "/report.html")
    #expect(
      try String(contentsOfFile: run.path + "/report.html", encoding: .utf8) == report.html)
    let error = #expect(throws: ReportError.self) {
      try report.write(to: run.path + "/missing/report.html")
    }
    #expect(try #require(error).description.contains("/missing/report.html"))
  }
}
