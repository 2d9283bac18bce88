import Foundation
import Testing

extension CommandSuite {
  /// `evaluate` and `diagnose` by several processes, against one.
  @Suite struct SharedJudgingTests {
    @Test func aClassifierHasTheFiguresAndPredictionsOfOneProcess() throws {
      let run = try trained()
      // Of the four images of a set, two are judged together: the third process has none.
      func evaluate(_ processes: [String], into name: String) throws -> Command.Outcome {
        try Command.run(
          judging("evaluate", run, sets: ["held-out", "photographs", "drawings"])
            + ["--unknown", run.folder.path("strangers"), "--threshold", "0.5", "--json"]
            + ["--predictions", run.folder.path("\(name).csv")] + processes)
      }
      let alone = try evaluate([], into: "alone")
      #expect(alone.exitCode == 0, "\(alone.errors)")
      #expect(alone.output.contains("\"unknown\""))
      for count in [2, 3] {
        let shared = try evaluate(["--processes", "\(count)"], into: "shared")
        #expect(shared.exitCode == 0, "\(shared.errors)")
        #expect(shared.output == alone.output)
        #expect(try text(run, "shared.csv") == text(run, "alone.csv"))
      }
      #expect(try text(run, "alone.csv").split(separator: "\n").count == 1 + 4 + 4 + 8)
    }

    @Test func anUnreadableImageEndsAllOrIsCountedOnce() throws {
      for policy in ["stop", "skip"] {
        let run = try trained(set: ["data.on_error=\(policy)"])
        // In the batch of the second process.
        try run.folder.write("no picture", to: "photographs/boat/1.png")
        let arguments = judging("evaluate", run, sets: ["photographs"]) + ["--json"]
        let alone = try Command.run(arguments)
        let shared = try Command.run(arguments + ["--processes", "2"])
        #expect(shared.exitCode == alone.exitCode)
        #expect(shared.output == alone.output)
        if policy == "stop" {
          #expect(shared.exitCode == 1)
          #expect(shared.errors.contains("photographs/boat/1.png"), "\(shared.errors)")
          #expect(shared.errors.contains("on rank 1: "), "\(shared.errors)")
        } else {
          #expect(shared.output.contains("\"skipped\" : 1"), "\(shared.output)")
        }
      }
    }

    @Test func aSegmenterHasTheFiguresAndMapsOfOneProcess() throws {
      let scenes = try SegmentationTests()
      #expect(try scenes.train(into: "run").exitCode == 0)
      func evaluate(_ processes: [String], into name: String) throws -> Command.Outcome {
        try Command.run(
          ["evaluate", scenes.folder.path("run"), "--device", "cpu", "--threads", "1", "--json"]
            + ["--predictions", scenes.folder.path(name)] + processes)
      }
      let alone = try evaluate([], into: "alone")
      let shared = try evaluate(["--processes", "3"], into: "shared")
      #expect(shared.exitCode == 0, "\(shared.errors)")
      #expect(shared.output == alone.output)
      let files = FileManager.default
      let names = try files.subpathsOfDirectory(atPath: scenes.folder.path("alone")).sorted()
      #expect(names.count { $0.hasSuffix(".png") } == 8)
      #expect(
        try files.subpathsOfDirectory(atPath: scenes.folder.path("shared")).sorted() == names)
      for name in names where name.hasSuffix(".png") {
        let (own, other) = (
          scenes.folder.path("shared/\(name)"), scenes.folder.path("alone/\(name)")
        )
        #expect(files.contentsEqual(atPath: own, andPath: other), "\(name)")
      }
    }

    @Test func aDiagnosisHasTheFiguresOfOneProcess() throws {
      let run = try trained("resnet18")
      func diagnose(_ processes: [String], into name: String) throws -> Command.Outcome {
        try Command.run(
          judging("diagnose", run, sets: ["drawings", "photographs", "strangers"])
            + ["--stage", "layer3,layer4", "--limit", "7", "--projection", "pca", "--json"]
            + ["--output", run.folder.path(name)] + processes)
      }
      let alone = try diagnose([], into: "alone")
      #expect(alone.exitCode == 0, "\(alone.errors)")
      #expect(alone.output.contains("\"alignment\""))
      for count in [2, 3] {
        let shared = try diagnose(["--processes", "\(count)"], into: "shared")
        #expect(shared.exitCode == 0, "\(shared.errors)")
        #expect(shared.output == alone.output)
        // One process tells what is done, and draws.
        #expect(shared.errors.replacing("/shared\n", with: "/alone\n") == alone.errors)
        for name in ["diagnosis.csv", "scatter-layer3.svg", "hypersphere-layer4.svg"] {
          #expect(try text(run, "shared/\(name)") == text(run, "alone/\(name)"), "\(name)")
        }
      }
    }

    @Test func processesThatWouldJudgeSomethingElseAreToldApart() throws {
      let run = try trained()
      func outcomes(_ arguments: (Int) -> [String]) throws -> [Command.Outcome] {
        try SharedRun(run).launch(2, arguments: arguments).map { try $0.outcome() }
      }
      let ofData = try outcomes { rank in
        judging("evaluate", run, sets: [rank == 0 ? "held-out" : "photographs"])
      }
      let checkpoints = run.folder.path("run/checkpoints")
      try FileManager.default.copyItem(
        atPath: "\(checkpoints)/best.safetensors", toPath: "\(checkpoints)/other.safetensors")
      let ofCheckpoint = try outcomes { rank in
        let name = rank == 0 ? "best" : "other"
        return ["diagnose", "\(checkpoints)/\(name).safetensors", "--names", "one"]
          + ["--data", run.folder.path("held-out"), "--device", "cpu", "--threads", "1"]
          + ["--output", run.folder.path("told-apart")]
      }
      for (outcomes, part) in [(ofData, "list of data sets"), (ofCheckpoint, "checkpoint")] {
        for outcome in outcomes {
          #expect(outcome.exitCode == 1)
          #expect(
            outcome.sentence.contains("rank 1 would not judge the same as rank 0: its \(part) is"),
            "\(outcome.errors)")
          #expect(outcome.output.isEmpty)
        }
      }
      #expect(!run.exists("told-apart"))
    }

    /// A network that judges two images at a time.
    private func trained(
      _ backbone: String = "efficientnet-lite0", set values: [String] = []
    ) throws -> SmallRun {
      let run = try SmallRun(backbone: backbone)
      try run.folder.writePictures("strangers", classes: ["cat", "dog", "eel"], count: 1)
      #expect(try run.train(set: ["evaluate.batch_size=2"] + values).exitCode == 0)
      return run
    }

    private func judging(_ command: String, _ run: SmallRun, sets: [String]) -> [String] {
      [command, run.folder.path("run/checkpoints/best.safetensors")]
        + ["--device", "cpu", "--threads", "1"]
        + sets.flatMap { ["--data", run.folder.path($0)] }
    }

    private func text(_ run: SmallRun, _ name: String) throws -> String {
      try String(contentsOfFile: run.folder.path(name), encoding: .utf8)
    }
  }
}
