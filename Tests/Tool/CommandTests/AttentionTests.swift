import Foundation
import Imaging
import Testing

extension CommandSuite {
  /// What `attend` shows.
  @Suite struct AttentionTests {
    private struct Item: Decodable {
      struct Map: Decodable {
        let stage: String
        let width: Int
        let height: Int
        let weights: [Double]
      }

      let file: String
      let network: String
      let maps: [Map]
      let picture: String
    }

    private let run: SmallRun

    init() throws {
      run = try SmallRun(method: "{name: csg, queue: 16}")
      #expect(try run.train().exitCode == 0)
    }

    @Test func everyNetworkHasItsWeightsForEachStage() throws {
      let items = try attend(["photographs/apple"], ["--teacher", "--json"]).json(as: [Item].self)
      #expect(items.map(\.network) == ["run", "ImageNet", "run", "ImageNet"])
      for item in items {
        #expect(item.maps.map(\.stage) == ["layer3", "layer4"])
        #expect(item.maps.map(\.width) == [2, 1] && item.maps.map(\.height) == [2, 1])
        for map in item.maps {
          #expect(map.weights.allSatisfy { $0 >= 0 })
          #expect(abs(map.weights.reduce(0, +) - 1) < 1e-5)
        }
      }
      // Two steps change the student, not the teacher; two pictures are not alike.
      #expect(items[0].maps[0].weights != items[1].maps[0].weights)
      #expect(items[1].maps[0].weights != items[3].maps[0].weights)
    }

    @Test func picturesAreWrittenSideBySide() throws {
      let outcome = try attend(["photographs/apple/0.png"], ["--teacher", "--side", "64"])
      let file = run.folder.path("attention/0-attention.png")
      #expect(outcome.output == "\(file)\n")
      let sheet = try Image.decodeRGB(path: file)
      // The picture and two stages, 64 pixels each with 10 between and around; two rows.
      #expect(sheet.width == 3 * 64 + 4 * 10 && sheet.height > 2 * 64)
      let alone = try attend(
        ["photographs/apple/0.png"], ["--stage", "layer3", "--side", "64", "--beside", "run"])
      #expect(alone.exitCode == 0, "\(alone.errors)")
      #expect(try Image.decodeRGB(path: file).width == 2 * 64 + 3 * 10)
    }

    @Test func whatCannotBeReadIsNamedAndTheRestIsShown() throws {
      try run.folder.write("no picture", to: "text.png")
      let outcome = try attend(["text.png", "photographs/boat/0.png"], [])
      #expect(outcome.exitCode == 1)
      #expect(outcome.output.split(separator: "\n").count == 1)
      #expect(outcome.errors.contains("text.png: not a JPEG, PNG or WebP image"))
    }

    @Test(arguments: [
      (["--stage", "layer9"], "--stage takes names of"),
      (["--side", "8"], "--side must be from 32"),
    ])
    func anUnknownValueIsRefused(_ options: [String], _ said: String) throws {
      let outcome = try attend(["photographs"], options)
      #expect(outcome.exitCode == 64 && outcome.errors.contains(said), "\(outcome.errors)")
    }

    /// The report of a comparison shows what every network says of the pictures, and where it looks.
    @Test func aReportShowsThePictures() throws {
      let run = try SmallRun(method: "{name: vanilla}\nmethods: {csg: {queue: 16}}")
      let output = run.folder.path("runs")
      let compared = try Command.run(
        ["compare", run.recipe, "--methods", "vanilla,csg", "--seeds", "0", "--output", output]
          + ["--device", "cpu", "--threads", "1"])
      #expect(compared.exitCode == 0, "\(compared.errors)")
      let html = try String(contentsOfFile: "\(output)/report.html", encoding: .utf8)
      // Two classes of two pictures in each of two sets.
      #expect(html.ranges(of: "<article class=\"card\"").count == 8)
      for network in ["vanilla", "csg", "ImageNet"] {
        for stage in ["layer3", "layer4"] {
          #expect(html.ranges(of: "alt=\"Attention of \(network) at \(stage)\"").count == 8)
        }
      }
      let report = run.folder.path("report.html")
      let without = try Command.run(["report", output, "--output", report, "--pictures", "0"])
      #expect(without.exitCode == 0, "\(without.errors)")
      #expect(try !String(contentsOfFile: report, encoding: .utf8).contains("class=\"card\""))
    }

    private func attend(_ names: [String], _ more: [String]) throws -> Command.Outcome {
      try Command.run(
        ["attend", run.folder.path("run")] + names.map(run.folder.path) + [
          "--output", run.folder.path("attention"), "--device", "cpu",
        ] + more.map { $0 == "run" ? run.folder.path("run") : $0 })
    }
  }
}
