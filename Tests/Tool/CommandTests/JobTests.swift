import Foundation
import Testing

extension CommandSuite {
  /// Several runs at once, each in a process of its own.
  @Suite struct JobTests {
    @Test func runsMadeAtOnceAreThoseMadeOneAfterAnother() throws {
      let run = try SmallRun(method: "{name: vanilla}\nmethods: {csg: {queue: 16}}", iterations: 4)
      let one = try compare(run, "one", ["--methods", "vanilla,csg", "--seeds", "0-1"])
      let two = try compare(
        run, "two", ["--methods", "vanilla,csg", "--seeds", "0-1", "--jobs", "2"])
      #expect(one.exitCode == 0 && two.exitCode == 0, "\(two.errors)")
      for name in ["vanilla-seed0", "vanilla-seed1", "csg-seed0", "csg-seed1"] {
        #expect(try run.metrics(of: "one/\(name)") == run.metrics(of: "two/\(name)"))
        let isSame = try run.lastState(of: "one/\(name)") == run.lastState(of: "two/\(name)")
        #expect(isSame, "\(name)")
      }
      // One report on all runs, and none on each, which takes a tenth of the time of a small run.
      #expect(run.exists("two/report.html"))
      #expect(!run.exists("two/csg-seed1/report.html"))
      #expect(two.errors.contains("csg-seed1: "))
      #expect(two.errors.contains(": 4 of 4 runs done\n"))
      #expect(try differences(run, "one") == differences(run, "two"))
      #expect(two.output.contains("not distinguishable from vanilla on"))
    }

    @Test func seedsAndMethodsAddedLaterExtendTheTable() throws {
      let run = try SmallRun(method: "{name: vanilla}\nmethods: {csg: {queue: 16}}")
      #expect(try compare(run, "runs", ["--methods", "vanilla,csg", "--seeds", "0"]).exitCode == 0)
      let results = run.folder.path("runs/csg-seed0/results.json")
      let before = try Data(contentsOf: URL(fileURLWithPath: results))
      let more = try compare(run, "runs", ["--methods", "vanilla,csg", "--seeds", "2,1"])
      #expect(more.output.contains("Seeds: 0, 1, 2."), "\(more.output)")
      #expect(more.output.contains("of 3 seeds"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: results)) == before)
      // Nothing is trained any more, whatever part of the table is asked for.
      let again = try compare(run, "runs", ["--methods", "csg", "--seeds", "1"])
      #expect(again.output == more.output)
      #expect(!again.errors.contains("done after"))
      // A run of another recipe does not stand beside those of this one.
      let other = try compare(
        run, "runs", ["--methods", "vanilla", "--seeds", "4", "--set", "optimizer.lr=0.3"])
      #expect(
        other.errors.contains("left \(run.folder.path("runs/vanilla-seed0")) out of the table"))
    }

    @Test func imagesAreDrawnToo() throws {
      let run = try SmallRun(method: "{name: csg, lambda: 0.7}\nmethods: {csg: {queue: 16}}")
      let outcome = try compare(
        run, "runs", ["--methods", "vanilla,csg", "--seeds", "0-2", "--json"])
      let record = try outcome.json(as: Record.self)
      #expect(record.differences.count == 2)
      for difference in record.differences {
        #expect(difference.seeds == [0, 1, 2])
        let interval = try #require(difference.bootstrap)
        #expect(interval.count == 2 && interval[0] <= interval[1])
        #expect(interval[0] <= difference.figures.mean && difference.figures.mean <= interval[1])
      }
      // The recipe's own method keeps its values, as `init` and `sweep` write them.
      let recipe = try String(
        contentsOfFile: run.folder.path("runs/csg-seed0/recipe.yaml"), encoding: .utf8)
      #expect(recipe.contains("lambda: 0.7\n") && recipe.contains("queue: 16\n"))
      // Four held-out images, and four photographs.
      #expect(run.lineCount("runs/csg-seed0/predictions.jsonl") == 8)
    }

    @Test func aFailureIsToldAndTheOthersGoOn() throws {
      let run = try SmallRun()
      // Where a folder belongs there is a file.
      try run.folder.write("", to: "runs/small-seed1")
      let outcome = try compare(run, "runs", ["--seeds", "0-2", "--jobs", "2"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("1 of 3 runs failed"), "\(outcome.errors)")
      #expect(outcome.sentence.contains("small-seed1: cannot write"))
      #expect(run.exists("runs/small-seed0/results.json"))
      #expect(run.exists("runs/small-seed2/results.json"))
      try FileManager.default.removeItem(atPath: run.folder.path("runs/small-seed1"))
      let second = try compare(run, "runs", ["--seeds", "0-2", "--jobs", "2"])
      #expect(second.exitCode == 0)
      #expect(second.errors.contains("1 of 1 runs done"))
    }

    /// However the process ends that started them, the runs end with it, each with a checkpoint, and go on at a second call.
    @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
    func runsEndWithTheComparison(_ signal: Int32) throws {
      let run = try SmallRun(iterations: 60, every: 60)
      let arguments = arguments(run, "runs", ["--seeds", "0,1", "--jobs", "2"])
      let running = try Command.start(arguments)
      let metrics = ["runs/small-seed0/metrics.jsonl", "runs/small-seed1/metrics.jsonl"]
      running.wait { metrics.allSatisfy { run.lineCount($0) >= 2 } }
      kill(running.process.processIdentifier, signal)
      let outcome = try running.outcome()
      if signal != SIGKILL {
        #expect(outcome.exitCode == 128 + signal)
        #expect(outcome.sentence.hasPrefix("Error: stopped with 0 of 2 runs done"))
      }
      // A process that ends as it should removes its lock.
      let folders = ["runs/small-seed0", "runs/small-seed1"]
      let deadline = ContinuousClock.now + .seconds(60)
      while folders.contains(where: { run.exists("\($0)/.lock") }), .now < deadline {
        usleep(5_000)
      }
      for folder in folders {
        #expect(
          !run.exists("\(folder)/.lock") && run.exists("\(folder)/checkpoints/last.safetensors"))
        #expect(!run.exists("\(folder)/results.json"))
      }
      let second = try Command.run(arguments)
      #expect(second.exitCode == 0, "\(second.errors)")
      for file in metrics { #expect(run.lineCount(file) == 60) }
    }

    @Test(arguments: [
      (["--seeds", "3-1"], "'3-1'"), (["--seeds", "0-7,3"], "names 3 twice"),
      (["--seeds", "-1"], "'-1'"), (["--seeds", "0-1-2"], "--seeds"), (["--jobs", "0"], "--jobs"),
    ])
    func slipsAreSaid(_ options: [String], _ expected: String) throws {
      let outcome = try Command.run(["compare", "r.yaml"] + options)
      #expect(outcome.exitCode == 64)
      #expect(outcome.errors.contains(expected), "\(outcome.errors)")
    }

    private struct Record: Decodable {
      struct Difference: Decodable {
        struct Figures: Decodable {
          let mean: Double
        }
        let seeds: [Int]
        let figures: Figures
        let bootstrap: [Double]?
      }
      let differences: [Difference]
    }

    private func differences(_ run: SmallRun, _ name: String) throws -> String {
      try String(contentsOfFile: run.folder.path("\(name)/differences.csv"), encoding: .utf8)
    }

    private func compare(
      _ run: SmallRun, _ name: String, _ options: [String]
    ) throws -> Command.Outcome {
      try Command.run(arguments(run, name, options))
    }

    private func arguments(_ run: SmallRun, _ name: String, _ options: [String]) -> [String] {
      [
        "compare", run.recipe, "--output", run.folder.path(name), "--device", "cpu", "--threads",
        "1",
      ]
        + options
    }
  }
}
