import Foundation
import Testing

extension CommandSuite {
  @Suite struct SweepTests {
    @Test func aSweepChoosesOnHeldOutImagesAlone() throws {
      let run = try SmallRun(iterations: 4, every: 2)
      let outcome = try sweep(run, "sweep", ["--jobs", "2"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let record = try record(run, "sweep")
      #expect(record.trials.count == 4)
      let rounds = record.trials.map(\.figures.count).sorted()
      #expect(rounds == [1, 1, 2, 3], "\(rounds)")
      let chosen = try #require(record.trials.first { $0.name == record.chosen })
      #expect(outcome.output.contains("Chosen on held-out synthetic images alone: "))
      let second = record.trials.filter { $0.figures.count > 1 }.map { $0.figures[1] }
      #expect(chosen.figures.count == 3 && chosen.figures[1] == second.max())
      // No real image was looked at, and the chosen recipe has them again.
      let log = try String(
        contentsOfFile: run.folder.path("sweep/\(chosen.name)/evaluations.jsonl"), encoding: .utf8)
      #expect(!log.contains("photographs"))
      let recipe = try String(
        contentsOfFile: run.folder.path("sweep/chosen.yaml"), encoding: .utf8)
      #expect(recipe.contains("photographs"))
      let rate = try #require(chosen.settings.first { $0.key == "optimizer.lr" })
      #expect(recipe.contains("lr: \(rate.value)"))
      let trained = try Command.run(
        ["train", run.folder.path("sweep/chosen.yaml"), "--output", run.folder.path("chosen")]
          + ["--device", "cpu", "--threads", "1"])
      #expect(trained.exitCode == 0, "\(trained.errors)")
      // A finished sweep is not made again.
      let again = try sweep(run, "sweep")
      #expect(again.output == outcome.output)
      #expect(!again.errors.contains("iterations of"))
    }

    @Test func aKilledSweepGoesOnAndChoosesTheSame() throws {
      let run = try SmallRun(iterations: 16, every: 2)
      let whole = try sweep(run, "whole")
      #expect(whole.exitCode == 0)
      for trial in ["trial-2", "trial-4"] {
        let running = try Command.start(arguments(run, "killed"))
        running.wait { run.lineCount("killed/\(trial)/metrics.jsonl") > 1 }
        kill(running.process.processIdentifier, SIGKILL)
        _ = try running.outcome()
        let deadline = ContinuousClock.now + .seconds(60)
        while run.exists("killed/\(trial)/.lock"), .now < deadline { usleep(5_000) }
      }
      let killed = try sweep(run, "killed")
      #expect(killed.exitCode == 0, "\(killed.errors)")
      #expect(try record(run, "killed") == record(run, "whole"))
      let recipes = try ["whole", "killed"].map {
        try String(contentsOfFile: run.folder.path("\($0)/chosen.yaml"), encoding: .utf8)
      }
      #expect(recipes[0] == recipes[1])
    }

    @Test func randomTrialsAreDrawnFromListsAndRanges() throws {
      let run = try SmallRun(iterations: 1, every: 1)
      let outcome = try Command.run(
        ["sweep", run.recipe, "--output", run.folder.path("sweep"), "--device", "cpu"]
          + ["--threads", "1", "--random", "3", "--reduction", "1", "--json"]
          + ["--grid", "optimizer.lr=0.001..0.1", "train.batch_size=2,4"]
          // Three digits would round these to 0.999 and 1.
          + ["optimizer.momentum=0.9991..0.9999"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let record = try outcome.json(as: Record.self)
      #expect(record.trials.count == 3)
      for trial in record.trials {
        #expect(trial.figures.count == 1)
        let rate = try #require(Double(trial.settings[0].value))
        #expect((0.001...0.1).contains(rate))
        #expect(["2", "4"].contains(trial.settings[1].value))
        let momentum = try #require(Double(trial.settings[2].value))
        #expect((0.9991...0.9999).contains(momentum))
      }
      for setting in [0, 2] {
        #expect(Set(record.trials.map { $0.settings[setting].value }).count == 3)
      }
    }

    @Test func aRunCanBeStoppedAndGoesOnAsIfItHadNot() throws {
      let run = try SmallRun(iterations: 6, every: 4)
      #expect(try run.train(into: "whole").exitCode == 0)
      let part = try run.train(["--until", "3"])
      #expect(part.exitCode == 0)
      #expect(part.errors.contains("stopped after iteration 3 as asked"))
      #expect(run.lineCount("run/metrics.jsonl") == 3 && !run.exists("run/results.json"))
      #expect(try run.train(["--resume", "auto"]).exitCode == 0)
      #expect(try run.metrics() == run.metrics(of: "whole"))
      let isSame = try run.lastState(of: "run") == run.lastState(of: "whole")
      #expect(isSame)
      for name in ["results.json", "predictions.jsonl"] {
        #expect(run.exists("run/\(name)"))
      }
    }

    @Test func aRunThatIsFarEnoughTakesNoStep() throws {
      let run = try SmallRun(iterations: 6, every: 4)
      #expect(try run.train(["--until", "3"]).exitCode == 0)
      for end in ["3", "2"] {
        let again = try run.train(["--resume", "auto", "--until", end])
        #expect(again.exitCode == 0)
        #expect(again.sentence.hasSuffix("is at iteration 3 already"), "\(again.errors)")
      }
      #expect(run.lineCount("run/metrics.jsonl") == 3)
    }

    @Test func namesMayBeginWithADash() throws {
      let run = try SmallRun(iterations: 1, every: 1)
      let script = "cd \"$FOLDER\"; cp small.yaml ./-small.yaml; exec \"$0\" \"$@\""
      let sweep = ["sweep", "--grid", "optimizer.lr=0.001,0.01", "--reduction", "1"]
      let compare = ["compare", "--seeds", "0,1", "--jobs", "2"]
      for arguments in [sweep + ["--output=-sweep"], compare + ["--output=-runs"]] {
        let outcome = try Command.start(
          arguments + ["--device", "cpu", "--threads", "1", "--", "-small.yaml"], script: script,
          environment: ["FOLDER": run.folder.url.path]
        ).outcome()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
      }
      #expect(run.exists("-sweep/trial-2/results.json"))
      #expect(run.exists("-runs/-small-seed1/results.json"))
    }

    @Test(
      arguments: [
        ([], "--grid"), (["--grid", "optimizer.lr"], "'optimizer.lr'"),
        (["--grid", "optimizer.lr=0.1,,1"], "'optimizer.lr=0.1,,1'"),
        (["--grid", "optimizer.lr=0.1..1"], "--random"),
        (["--grid", "a=1", "a=2"], "a twice"),
        (["--grid", "optimizer.lr=0.1", "--reduction", "0"], "--reduction"),
        (["--grid", "optimizer.lr=0.1", "--random", "0"], "--random"),
        (
          ["--grid", "optimizer.lr=0.1", "--set", "data.held_out=null"], "held-out synthetic images"
        ),
      ] as [([String], String)])
    func slipsAreSaid(_ options: [String], _ expected: String) throws {
      let run = try SmallRun()
      let outcome = try Command.run(
        ["sweep", run.recipe, "--output", run.folder.path("sweep")] + options)
      #expect(outcome.exitCode == 64, "\(outcome.errors)")
      #expect(outcome.errors.contains(expected), "\(outcome.errors)")
      #expect(!run.exists("sweep"))
    }

    @Test func aValueThatATrialCannotHaveIsSaidBeforeAnyTraining() throws {
      let run = try SmallRun()
      let outcome = try Command.run(
        ["sweep", run.recipe, "--output", run.folder.path("sweep"), "--grid", "optimizer.rl=1,2"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("optimizer.rl"))
      #expect(!run.exists("sweep"))
    }

    private struct Record: Decodable, Equatable {
      struct Setting: Decodable, Equatable {
        let key: String
        let value: String
      }
      struct Trial: Decodable, Equatable {
        let name: String
        let settings: [Setting]
        let figures: [Double]
      }
      let trials: [Trial]
      let chosen: String?
    }

    private func record(_ run: SmallRun, _ name: String) throws -> Record {
      try JSONDecoder().decode(
        Record.self,
        from: Data(contentsOf: URL(fileURLWithPath: run.folder.path("\(name)/sweep.json"))))
    }

    private func sweep(
      _ run: SmallRun, _ name: String, _ options: [String] = []
    ) throws -> Command.Outcome {
      try Command.run(arguments(run, name, options))
    }

    private func arguments(
      _ run: SmallRun, _ name: String, _ options: [String] = []
    ) -> [String] {
      ["sweep", run.recipe, "--output", run.folder.path(name), "--device", "cpu", "--threads", "1"]
        + [
          "--reduction", "2", "--grid", "optimizer.lr=0.001,0.01", "optimizer.momentum=0,0.9",
          "--set", "seed=3",
        ]
        + options
    }
  }
}
