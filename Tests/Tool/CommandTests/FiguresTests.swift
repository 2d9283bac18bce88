import Foundation
import Testing

extension CommandSuite {
  @Suite struct FiguresTests {
    @Test func evaluateGivesTheFiguresOfTheRun() throws {
      let run = try SmallRun()
      let trained = try run.train(["--json"])
      #expect(trained.exitCode == 0)
      let evaluated = try Command.run(
        ["evaluate", run.folder.path("run/checkpoints/best.safetensors"), "--device", "cpu"]
          + ["--threads", "1", "--json", "--data", run.folder.path("held-out")]
          + ["--data", run.folder.path("photographs")])
      #expect(evaluated.exitCode == 0)
      let results = try JSONSerialization.jsonObject(with: Data(trained.output.utf8))
      let ofRun = try #require((results as? [[String: Any]])?.first?["evaluations"])
      let ofCommand = try JSONSerialization.jsonObject(with: Data(evaluated.output.utf8))
      let keys = [
        "dataset", "domain", "images", "accuracy", "class_accuracies", "confusion", "hse",
      ]
      #expect(try members(ofRun, keys) == members(ofCommand, keys))
    }

    @Test func compareDoesNotRepeatAFinishedRun() throws {
      let run = try SmallRun()
      let arguments =
        ["compare", run.recipe, "--seeds", "0,1", "--output", run.folder.path("runs")]
        + ["--device", "cpu", "--threads", "1"]
      let first = try Command.run(arguments)
      #expect(first.exitCode == 0)
      #expect(first.output.contains("Seeds: 0, 1."))
      let files = ["results.json", "metrics.jsonl", "checkpoints/last.safetensors"]
        .flatMap { ["runs/small-seed0/\($0)", "runs/small-seed1/\($0)"] }
      let dates = try files.map { try date(run.folder.path($0)) }
      let second = try Command.run(arguments)
      #expect(second.exitCode == 0)
      #expect(second.output == first.output)
      #expect(try files.map { try date(run.folder.path($0)) } == dates)
    }

    @Test func whatAMethodLacksIsKnownBeforeTheFirstIsTrained() throws {
      let run = try SmallRun()
      let outcome = try compare(run, "vanilla,domain-randomization", seeds: "0")
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("data.styles.folder"), "\(outcome.sentence)")
      #expect(!run.exists("runs/vanilla-seed0"))
    }

    @Test func systemsComparedBeforeStayInTheTable() throws {
      let run = try SmallRun(method: "{name: vanilla}\nmethods: {csg: {queue: 16}}")
      let both = try compare(run, "vanilla,csg", seeds: "0,1")
      #expect(both.exitCode == 0)
      // Fewer methods, fewer seeds of one, a new one: nothing is lost, and vanilla stays the one compared with.
      #expect(try compare(run, "csg", seeds: "0,1").output == both.output)
      let more = try compare(run, "feature-distance", seeds: "1")
      let table = more.output.split(separator: "\n\n")[0]
      let rows = table.split(separator: "\n").map { $0.prefix { $0 != " " } }
      #expect(
        rows.filter { ["vanilla", "csg", "feature-distance"].contains($0) }
          == ["vanilla", "csg", "feature-distance"], "\(more.output)")
      #expect(more.output.contains("Differences from vanilla"))
      // A comparison's folder stands for its runs.
      let report = run.folder.path("report.html")
      let reported = try Command.run(["report", run.folder.path("runs"), "--output", report])
      #expect(reported.exitCode == 0, "\(reported.errors)")
      let html = try String(contentsOfFile: report, encoding: .utf8)
      for name in ["vanilla-seed0", "vanilla-seed1", "csg-seed0", "csg-seed1"] {
        #expect(html.contains("<summary>\(name)</summary>"))
      }
    }

    private func compare(
      _ run: SmallRun, _ methods: String, seeds: String
    ) throws -> Command.Outcome {
      try Command.run(
        ["compare", run.recipe, "--methods", methods, "--seeds", seeds]
          + ["--output", run.folder.path("runs"), "--device", "cpu", "--threads", "1"])
    }

    @Test func methodsOfOneRecipeStandInOneTable() throws {
      let run = try SmallRun(method: "{name: vanilla}\nmethods: {csg: {queue: 16}}")
      let outcome = try Command.run(
        ["compare", run.recipe, "--methods", "vanilla,csg", "--seeds", "0"]
          + ["--output", run.folder.path("runs"), "--device", "cpu", "--threads", "1"])
      #expect(outcome.exitCode == 0)
      let file = run.folder.path("runs/comparison.txt")
      #expect(try String(contentsOfFile: file, encoding: .utf8) == outcome.output)
      for name in ["comparison.csv", "comparison.md", "comparison.tex", "comparison.json"] {
        #expect(run.exists("runs/\(name)"))
      }
      let recipe = try String(
        contentsOfFile: run.folder.path("runs/csg-seed0/recipe.yaml"), encoding: .utf8)
      #expect(recipe.contains("queue: 16"))
      #expect(!recipe.contains("methods:"))
    }

    @Test func aListFileIsReadInItsOrder() throws {
      let run = try SmallRun()
      try run.folder.write(
        "boat/2.png 1\napple/0.png 0\nboat/0.png 1\napple/3.png 0\n",
        to: "drawings/image_list.txt")
      let outcome = try run.train(
        set: ["data.shuffle=false", "data.augment=none", "train.log_indices=true"]
          + ["train.batch_size=2"])
      #expect(outcome.exitCode == 0)
      let lines = try run.metrics()
      #expect(lines.count == 2)
      #expect(lines.first?.contains(#""indices":[0,1]"#) == true)
      #expect(lines.last?.contains(#""indices":[2,3]"#) == true)
    }

    private func date(_ path: String) throws -> Date? {
      try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }

    /// Some values of each record, as text that can be compared.
    private func members(_ records: Any, _ keys: [String]) throws -> [String] {
      try #require(records as? [[String: Any]]).map { record in
        String(
          decoding: try JSONSerialization.data(
            withJSONObject: record.filter { keys.contains($0.key) }, options: .sortedKeys),
          as: UTF8.self)
      }
    }
  }
}
