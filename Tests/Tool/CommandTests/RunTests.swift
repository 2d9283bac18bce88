import Foundation
import Testing

extension CommandSuite {
  @Suite struct RunTests {
    private static let steps = 24

    @Test func aSeedGivesTheSameFiguresWithAnyNumberOfWorkers() throws {
      let run = try csgRun()
      #expect(try run.train(into: "two").exitCode == 0)
      #expect(try run.train(into: "again").exitCode == 0)
      #expect(try run.train(into: "one", set: ["data.workers=1"]).exitCode == 0)
      let figures = try run.metrics(of: "two")
      #expect(figures.count == Self.steps)
      #expect(try run.metrics(of: "again") == figures)
      #expect(try run.metrics(of: "one") == figures)
      let state = try run.lastState(of: "two")
      #expect(state.count > 100)
      let isSame = try run.lastState(of: "again") == state && run.lastState(of: "one") == state
      #expect(isSame)
    }

    @Test func theDeviceIsNamedToThePersonAndInTheFolder() throws {
      let run = try SmallRun()
      let outcome = try run.train()
      #expect(outcome.errors.contains("2 iterations of 4 images on cpu, into "))
      let data = try #require(
        FileManager.default.contents(atPath: run.folder.path("run/environment.json")))
      let environment = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      #expect(environment?["device"] as? String == "cpu")
    }

    @Test func aRunReplacesNoFileOfOthersAndStandsInNoData() throws {
      let run = try SmallRun()
      let mine = try run.folder.write("mine", to: "project/recipe.yaml")
      let replacing = try run.train(into: "project")
      #expect(replacing.exitCode == 1)
      #expect(replacing.sentence.contains("\(mine) is there already, and no run wrote it"))
      #expect(try String(contentsOfFile: mine, encoding: .utf8) == "mine")
      #expect(!run.exists("project/.lock") && !run.exists("project/checkpoints"))
      // The folder of a run would be a class of its own there.
      for place in ["drawings", "drawings/run", "photographs/../held-out/a/b"] {
        let among = try run.train(into: place)
        #expect(among.exitCode == 1)
        #expect(among.sentence.contains("among which results would count as data"), "\(place)")
      }
      #expect(!run.exists("drawings/run") && !run.exists("drawings/.lock"))
      #expect(!run.exists("held-out/a"))
      // Other files of the folder are left alone.
      try run.folder.write("mine", to: "notes/plan.txt")
      #expect(try run.train(into: "notes").exitCode == 0)
      let judged = try Command.run([
        "evaluate", run.folder.path("notes"), "--device", "cpu", "--data",
        run.folder.path("drawings"),
      ])
      #expect(judged.errors.contains("drawings was trained on: its figures say nothing of other"))
    }

    @Test func anInterruptedRunIsReadableAndGoesOnToTheSameFigures() throws {
      let run = try csgRun()
      #expect(try run.train(into: "whole").exitCode == 0)
      let running = try Command.start(run.training())
      running.wait { run.lineCount("run/metrics.jsonl") >= 2 }
      running.process.interrupt()
      let outcome = try running.outcome()
      #expect(outcome.exitCode == 130)
      #expect(outcome.sentence.hasPrefix("Error: stopped after iteration"))
      #expect(outcome.sentence.contains("--resume auto"))
      let taken = try run.metrics().count
      #expect((2..<Self.steps).contains(taken))
      #expect(run.exists("run/checkpoints/last.safetensors"))

      let refused = try run.train()
      #expect(refused.exitCode == 1)
      #expect(refused.sentence.contains("already holds a run"))
      #expect(try run.metrics().count == taken)

      #expect(try run.train(["--resume", "auto"]).exitCode == 0)
      #expect(try run.metrics() == run.metrics(of: "whole"))
      let isSame = try run.lastState(of: "run") == run.lastState(of: "whole")
      #expect(isSame)
      #expect(run.exists("run/results.json"))
    }

    @Test func aKilledRunGoesOnFromItsLastCheckpoint() throws {
      let run = try csgRun()
      #expect(try run.train(into: "whole").exitCode == 0)
      let running = try Command.start(run.training())
      running.wait {
        run.exists("run/checkpoints/last.safetensors")
          && run.lineCount("run/metrics.jsonl") > Self.steps / 2
      }
      kill(running.process.processIdentifier, SIGKILL)
      #expect(try running.outcome().exitCode == SIGKILL)
      #expect(try run.metrics().count > Self.steps / 2)
      #expect(try run.train(["--resume", "auto"]).exitCode == 0)
      #expect(try run.metrics() == run.metrics(of: "whole"))
    }

    @Test func aRunKilledBeforeItsFirstCheckpointIsBegunAnew() throws {
      let run = try SmallRun(iterations: 4, every: 4)
      try run.folder.write("{}", to: "run/environment.json")
      try run.folder.write("", to: "run/metrics.jsonl")
      let resumed = try run.train(["--resume", "auto"])
      #expect(resumed.exitCode == 1)
      #expect(resumed.sentence.contains("leave out --resume"))
      #expect(try run.train().exitCode == 0)
      #expect(try run.metrics().count == 4)
    }

    @Test func aLossThatIsNoNumberEndsTheRun() throws {
      let run = try SmallRun(iterations: 8, every: 8)
      let outcome = try run.train(set: ["optimizer.lr=1e30", "schedule.warmup=0"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("no longer finite"))
      #expect(outcome.sentence.contains("optimizer.lr"))
      #expect((1..<8).contains(try run.metrics().count))
    }

    @Test func aFolderThatCannotBeMadeIsNamed() throws {
      let run = try SmallRun()
      let outcome = try run.train(into: "small.yaml/run")
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("cannot write \(run.folder.path("small.yaml/run"))"))
      #expect(outcome.sentence.contains("choose another place"))
    }

    @Test func aFullDiskLeavesNoHalfCheckpoint() throws {
      let run = try SmallRun()
      let outcome = try Command.run(run.training(), fileLimit: 2048)
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("last.safetensors"))
      #expect(outcome.sentence.contains("make room"))
      #expect(try run.metrics().count == 2)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: run.folder.path("run/checkpoints"))
          .isEmpty)
    }

    private func csgRun() throws -> SmallRun {
      try SmallRun(
        method: "{name: csg, queue: 64}", backbone: "resnet18", iterations: Self.steps,
        every: Self.steps / 2)
    }
  }
}
