import Analysis
import DataTestSupport
import Datasets
import Foundation
import Imaging
import Reporting
import Runs
import Testing

/// The pictures of a report.
@Suite struct PictureTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Runs of two methods that say something of four pictures, the last of which has gone.
  private func runs() throws -> [MadeUpRun] {
    let names = (0..<4).map { "\(folder.path)/\($0).png" }
    for name in names.dropLast() {
      try Image(width: 20, height: 10, color: [200, 60, 20]).writePNG(to: name)
    }
    let sayings = [
      "vanilla-seed0": [(0, 1, 0.9), (0, 0, 0.6), (1, 1, 0.7), (1, 0, 0.5)],
      "vanilla-seed1": [(0, 0, 0.5), (0, 0, 0.5), (1, 1, 0.5), (1, 1, 0.5)],
      "csg-seed0": [(0, 0, 0.8), (0, 1, 0.95), (1, 1, 0.9), (1, 1, 0.8)],
    ]
    return try sayings.sorted { $0.key < $1.key }.map { name, said in
      let run = try MadeUpRun(in: folder, named: name, seed: name.hasSuffix("1") ? 1 : 0)
      let lines = try zip(names, said).map { image, said in
        try JSONFormat.line(
          ImagePrediction(
            dataset: "photographs", image: image, label: said.0, prediction: said.1,
            probability: said.2))
      }
      try run.write(lines.reduce(Data(), +), to: "predictions.jsonl")
      return run
    }
  }

  @Test func `the most confident mistake comes first`() throws {
    let html = try HTMLReport(runs: runs().map(\.path), pictures: .init()).html
    let cards = html.matches(of: /<article class="card".*?<\/article>/.dotMatchesNewlines())
      .map { String($0.0) }
    // The gone picture is left out and said to be.
    #expect(cards.count == 3)
    #expect(html.contains("1 pictures of photographs are left out: \(folder.path)/3.png"))
    #expect(html.contains("the attention of csg is left out: "))
    let titles = cards.compactMap { $0.firstMatch(of: /title="[^"]*(\d)\.png"/)?.1 }
    #expect(titles == ["1", "0", "2"])
    #expect(cards[0].contains("data-predicted=\"dog\" data-probability=\"0.95\" data-right=\"0\""))
    #expect(cards[1].contains("<small>right in 1 of 2 runs</small>"))
    #expect(cards[1].contains("<span class=\"is-wrong\">dog 90 %</span>"))
    #expect(cards[2].contains("<span class=\"is-right\">dog 70 %</span>"))
    for card in cards { #expect(card.contains("--picture:url(data:image/webp;base64,UklGR")) }
  }

  @Test func `pictures of TensorBoard take the place of former ones`() throws {
    let runs = try runs()
    func files() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: runs[0].path).filter {
        $0.contains(".tfevents.")
      }
    }
    let report = try HTMLReport(runs: runs.map(\.path), pictures: .init())
    try report.writeEvents()
    let former = try files()
    #expect(former.count == 1)
    try report.writeEvents()
    #expect(try files().count == 1)
    #expect(try files() != former)
  }

  @Test func `pictures of TensorBoard go to the run that judged them`() throws {
    let runs = try runs().map(\.path).filter { $0.contains("vanilla") }
    // Seeds that were added to a comparison come before those of its first call.
    try HTMLReport(runs: runs.reversed(), pictures: .init()).writeEvents()
    let holding = try runs.filter {
      try FileManager.default.contentsOfDirectory(atPath: $0).contains { $0.contains(".tfevents.") }
    }
    #expect(holding == runs.filter { $0.hasSuffix("vanilla-seed0") })
  }

  /// A share that was held out of a set has another name than the set.
  @Test func `pictures in shards are shown`() throws {
    for (name, color) in [
      ("cat/0", [200, 60, 20]), ("cat/1", [20, 60, 200]), ("dog/0", [0, 90, 0]),
    ] {
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/pets/\(name.prefix(3))", withIntermediateDirectories: true)
      try Image(width: 20, height: 10, color: color.map(UInt8.init))
        .writePNG(to: "\(folder.path)/pets/\(name).png")
    }
    let pets = try ImageDataset(at: "\(folder.path)/pets")
    let packed = try ImageDataset(
      at: ShardWriter(folder: "\(folder.path)/shards", name: "pets", size: 1).write(pets).pattern)
    #expect(Set(packed.samples.map { $0.file.part?.archive }).count == 3)
    let run = try MadeUpRun(in: folder, named: "csg-seed0", seed: 0)
    let lines = try packed.samples.map { sample in
      try JSONFormat.line(
        ImagePrediction(
          dataset: "photographs", image: sample.path, label: sample.label, prediction: 0,
          probability: 0.9))
    }
    try run.write(lines.reduce(Data(), +), to: "predictions.jsonl")
    let html = try HTMLReport(runs: [run.path], pictures: .init()).html
    #expect(html.ranges(of: "<article class=\"card\"").count == 3)
    #expect(!html.contains("pictures of photographs are left out"))
  }

  @Test func `as many are shown as are asked for, mistakes before what is right`() throws {
    let runs = try runs().map(\.path)
    var options = PictureSets.Options()
    options.limit = 0
    #expect(try !HTMLReport(runs: runs, pictures: options).html.contains("class=\"card\""))
    options.limit = 2
    let html = try HTMLReport(runs: runs, pictures: options).html
    #expect(html.ranges(of: "<article class=\"card\"").count == 2)
    #expect(!html.contains("2.png"))
    #expect(try !HTMLReport(runs: runs).html.contains("<h2 id=\"pictures-title\">"))
  }

  @Test func `pictures are chosen by method and classes`() throws {
    let html = try HTMLReport(runs: runs().map(\.path), pictures: .init()).html
    #expect(html.contains("<option value=\"0\">csg</option>\n<option value=\"1\">vanilla</option>"))
    #expect(
      html.ranges(of: "<option value=\"cat\">cat</option>\n<option value=\"dog\">dog</option>")
        .count
        == 2)
    #expect(html.contains("<div class=\"gallery\" data-dataset=\"photographs\">"))
    #expect(html.contains("<div class=\"heats\" data-dataset=\"photographs\">"))
  }
}
