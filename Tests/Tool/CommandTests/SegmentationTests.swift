import Foundation
import Imaging
import TensorFiles
import Testing

extension CommandSuite {
  @Suite struct SegmentationTests {
    let folder: ScratchFolder
    private let recipe: String

    /// Drawn streets, and a recipe that trains on a few of them in seconds.
    init() throws {
      folder = try ScratchFolder()
      for part in ["train", "held-out", "other"] { try Self.writeScenes(part, folder) }
      recipe = try folder.write(
        """
        task: segmentation
        data:
          train: \(folder.path("train"))
          held_out: \(folder.path("held-out"))
          unseen: [\(folder.path("other"))]
          image_size: 32
        model: {backbone: resnet18, weights: random, head: aspp}
        method: {name: csg, lambda: 0.1, grid: 2, queue: 32}
        train: {iterations: 4, batch_size: 2}
        evaluate: {every: 2}
        """, to: "scenes.yaml")
    }

    @Test func aRunHasTheFiguresOfItsNetwork() throws {
      #expect(try train(into: "whole").exitCode == 0)
      let metrics = try String(contentsOfFile: folder.path("whole/metrics.jsonl"), encoding: .utf8)
      #expect(metrics.split(separator: "\n").count == 4)
      #expect(metrics.contains("\"loss_nce_layer3\""))
      let results = try #require(
        JSONSerialization.jsonObject(
          with: Data(contentsOf: URL(fileURLWithPath: folder.path("whole/results.json"))))
          as? [String: Any])
      let evaluations = try #require(results["evaluations"] as? [[String: Any]])
      #expect(evaluations.map { $0["domain"] as? String } == ["synthetic", "unseen"])
      #expect(evaluations.allSatisfy { $0["miou"] is Double && $0["class_iou"] is [String: Any] })
      // Four scenes of each of two sets, with what was found and what of it is wrong.
      let report = try String(contentsOfFile: folder.path("whole/report.html"), encoding: .utf8)
      #expect(report.ranges(of: "<article class=\"card scene\"").count == 8)
      #expect(report.ranges(of: "alt=\"mean IoU ").count == 8)
      let checkpoint = folder.path("whole/checkpoints/best.safetensors")

      let evaluated = try Command.run(
        ["evaluate", checkpoint, "--data", folder.path("other"), "--json"]
          + ["--predictions", folder.path("maps"), "--device", "cpu", "--threads", "1"])
      #expect(evaluated.exitCode == 0)
      let records = try JSONSerialization.jsonObject(with: Data(evaluated.output.utf8))
      let figure = (records as? [[String: Any]])?.first?["miou"] as? Double
      #expect(figure == evaluations.last?["miou"] as? Double)
      let map = try Image.decodeIndices(path: folder.path("maps/0.png"))
      #expect(map.width == 48 && Set(map.pixels).isSubset(of: [3, 9]))

      let predicted = try Command.run(
        ["predict", checkpoint, folder.path("other/images/0.png"), "--device", "cpu"]
          + ["--output", folder.path("pictures")])
      #expect(predicted.exitCode == 0)
      #expect(predicted.output.contains("%"))
      #expect(try Image.decodeIndices(path: folder.path("pictures/0-labels.png")) == map)
      #expect(try Image.decodeRGB(path: folder.path("pictures/0-overlay.png")).height > 40)
    }

    /// A share of a set has no path of its own, and only its scenes were judged.
    @Test func heldOutScenesAreShown() throws {
      let held = try train(
        into: "held",
        ["data.held_out=null", "data.held_out_fraction=0.25", "train.iterations=1"]
          .flatMap { ["--set", $0] })
      #expect(held.exitCode == 0, "\(held.errors)")
      let report = try String(contentsOfFile: folder.path("held/report.html"), encoding: .utf8)
      #expect(!report.contains("are left out"))
      #expect(report.ranges(of: "<article class=\"card scene\"").count == 1 + 4)
    }

    @Test func comparedSegmentersHaveIntervalsOverScenesToo() throws {
      struct Record: Decodable {
        struct Difference: Decodable {
          let bootstrap: [Double]?
        }
        let differences: [Difference]
      }
      let plain = try folder.write(
        "base: scenes.yaml\nmethod: {name: vanilla}\n", to: "plain.yaml")
      let outcome = try Command.run(
        ["compare", plain, recipe, "--seeds", "0,1", "--output", folder.path("runs"), "--json"]
          + ["--device", "cpu", "--threads", "1"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let differences = try outcome.json(as: Record.self).differences
      #expect(differences.count == 2)
      #expect(differences.allSatisfy { $0.bootstrap?.count == 2 })
    }

    @Test(arguments: [[], ["--set", "evaluate.tile=32", "--set", "evaluate.overlap=16"]])
    func diagnoseGivesTheEnergyOfEvaluate(_ settings: [String]) throws {
      #expect(try train(into: "run", settings).exitCode == 0)
      let checkpoint = folder.path("run/checkpoints/best.safetensors")
      let data = ["--data", folder.path("train"), "--data", folder.path("other"), "--json"]
      let rest = ["--device", "cpu", "--threads", "1"]
      let diagnosed = try Command.run(
        ["diagnose", checkpoint, "--output", folder.path("diagnosis")] + data + rest)
      #expect(diagnosed.exitCode == 0)
      let evaluated = try Command.run(["evaluate", checkpoint] + data + rest)
      let rows = try diagnosed.json(as: CommandSuite.DiagnosisTests.Figures.self).features
      let records = try evaluated.json(as: [CommandSuite.DiagnosisTests.Record].self)
      #expect(rows.map(\.hse) == records.map(\.hse))
      #expect(rows.map(\.domain) == ["synthetic", "unseen"])
      #expect(rows.allSatisfy { $0.alignment ?? 0 > 0 && $0.class_alignment == nil })
    }

    @Test func resumingGivesTheSameNetwork() throws {
      #expect(try train(into: "whole").exitCode == 0)
      let first = try Command.start(
        ["train", recipe, "--output", folder.path("stopped"), "--device", "cpu", "--threads", "1"])
      first.wait {
        FileManager.default.fileExists(
          atPath: folder.path("stopped/checkpoints/last.safetensors"))
      }
      first.process.interrupt()
      _ = try first.outcome()
      let resumed = try train(into: "stopped", ["--resume", "auto"])
      #expect(resumed.exitCode == 0)
      let states = try ["whole", "stopped"].map {
        try TensorFile.read(folder.path("\($0)/checkpoints/last.safetensors"))
      }
      #expect(states[0].entries.count > 100)
      let isSame = states[0].entries == states[1].entries
      #expect(isSame)
      #expect(states[0].metadata["class_table"] == states[1].metadata["class_table"])
    }

    @Test func piecesGiveAFigureToo() throws {
      #expect(try train(into: "run").exitCode == 0)
      let outcome = try train(
        into: "tiles", ["--set", "evaluate.tile=32", "--set", "evaluate.overlap=16"])
      #expect(outcome.exitCode == 0)
      #expect(outcome.output.contains("mean IoU"))
    }

    @Test func aChangedClassTableIsNamed() throws {
      #expect(try train(into: "run").exitCode == 0)
      let checkpoint = folder.path("run/checkpoints/best.safetensors")
      var file = try TensorFile.read(checkpoint)
      let table = try #require(file.metadata["class_table"])
      func classes(_ values: [(name: String, values: String)]) -> String {
        let classes = values.map {
          "{\"name\":\"\($0.name)\",\"color\":[1,2,3],\"values\":\($0.values)}"
        }
        return "{\"classes\":[\(classes.joined(separator: ","))],\"ignore\":[255]}"
      }
      let many = "[\((0..<320).map { "\($0 % 250)" }.joined(separator: ","))]"
      for (changed, said) in [
        (classes([]), "found 0"), (classes([("road", "[3]"), ("sky", "[]")]), "no values"),
        (classes([("road", "[3]"), ("sky", many)]), "occurs twice"),
        (classes([("road", "[3]")]), "other classes"),
        (classes((0..<300).map { ("\($0)", "[1]") }), "found 300"),
        (table.replacingOccurrences(of: "[", with: "[300,"), "no table of classes"),
        ("", "no table of classes"),
      ] {
        file.metadata["class_table"] = changed
        try TensorFile.write(file, to: checkpoint)
        for arguments in [
          ["evaluate", checkpoint, "--data", folder.path("other")],
          ["predict", checkpoint, folder.path("other/images/0.png")],
        ] {
          let outcome = try Command.run(arguments + ["--device", "cpu"])
          #expect(outcome.exitCode == 1)
          #expect(outcome.sentence.hasPrefix("Error: \(checkpoint): 'class_table'"))
          #expect(outcome.sentence.contains(said), "\(outcome.errors)")
        }
      }
    }

    @Test func mistakesAreNamed() throws {
      for (set, said) in [
        (["data.train=\(folder.path("nothing"))"], "no images with label maps"),
        (["train.batch_size=1"], "a batch of at least 2 images"),
        (["data.image_size=8"], "image_size"), (["model.head=fcn"], "deeplab-v2"),
      ] {
        let outcome = try train(into: UUID().uuidString, set.flatMap { ["--set", $0] })
        #expect(outcome.exitCode == 1)
        #expect(outcome.sentence.contains(said), "\(outcome.sentence)")
      }
      try Image(width: 9, height: 9, color: [3]).writePNG(to: folder.path("train/labels/0.png"))
      let outcome = try train(into: "bad")
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("9 × 9"))
      let checked = try Command.run(["datasets", "check", folder.path("train")])
      #expect(checked.exitCode == 1)
      #expect(checked.output.contains("3 images with label maps"))
      #expect(checked.output.contains("train/images/0.png has 48 × 40 pixels"))
      #expect(
        try train(into: "skipping", ["--set", "data.on_error=skip", "--set", "train.batch_size=4"])
          .exitCode == 0)
    }

    @Test func streetsAreMadeAndChecked() throws {
      let made = try Command.run(
        ["datasets", "make", "streets", "--size", "40", "--output", folder.path("streets")])
      #expect(made.exitCode == 0)
      #expect(made.output.contains("in the held-out style"))
      let checked = try Command.run(
        ["datasets", "check", folder.path("streets/source/held-out")])
      #expect(checked.exitCode == 0)
      #expect(checked.output.contains("40 images with label maps, 8 classes"))
      let refused = try Command.run(["datasets", "make", "streets", "--size", "4"])
      #expect(refused.exitCode == 64)
    }

    func train(into name: String, _ more: [String] = []) throws -> Command.Outcome {
      try Command.run(
        ["train", recipe, "--output", folder.path(name), "--device", "cpu", "--threads", "1"] + more
      )
    }

    /// Four scenes of two classes: stripes with colours that show their labels.
    static func writeScenes(_ name: String, _ folder: ScratchFolder) throws {
      try folder.write(
        """
        classes:
          - {name: dark, color: [10, 20, 30], values: [3]}
          - {name: light, color: [200, 220, 230], values: [9]}
        """, to: "\(name)/classes.yaml")
      try folder.makeFolder("\(name)/images")
      try folder.makeFolder("\(name)/labels")
      for number in 0..<4 {
        let labels = (0..<48 * 40).map { place -> UInt8 in
          (place % 48 + number * 3) / 8 % 2 == 0 ? 3 : 9
        }
        try Image(width: 48, height: 40, channels: 1, pixels: labels)
          .writePNG(to: folder.path("\(name)/labels/\(number).png"))
        let pixels = labels.enumerated().flatMap { place, label -> [UInt8] in
          let noise = UInt8(truncatingIfNeeded: place &* 73 % 23)
          return label == 3 ? [20 + noise, 40, 60] : [180 + noise, 200, 220]
        }
        try Image(width: 48, height: 40, channels: 3, pixels: pixels)
          .writePNG(to: folder.path("\(name)/images/\(number).png"))
      }
    }
  }
}
