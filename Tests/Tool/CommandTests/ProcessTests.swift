import Foundation
import Testing

extension CommandSuite {
  /// One run that several processes share.
  @Suite struct ProcessTests {
    private static let csg = "{name: csg, queue: 16, dimension: 8, momentum: 0.9}"

    @Test(arguments: [2, 3])
    func theRunIsThatOfOneProcess(count: Int) throws {
      let run = try SmallRun(method: Self.csg, iterations: 6, every: 3)
      let options = [
        "train.log_indices=true", "train.average=\(count == 2 ? "ema" : "swad")",
        "train.average_start_patience=1",
        "optimizer.rate_policy=\(count == 2 ? "none" : "lstm")",
      ]
      #expect(try run.train(into: "alone", set: options).exitCode == 0)
      let shared = try run.train(["--processes", "\(count)"], into: "shared", set: options)
      #expect(shared.exitCode == 0, "\(shared.errors)")
      try run.expectSame("shared", "alone")
      #expect(shared.output.split(separator: "\n").count { $0.contains("csg") } == 2)
      #expect(run.exists("shared/report.html"))
      let environment = try String(
        contentsOfFile: run.folder.path("shared/environment.json"), encoding: .utf8)
      #expect(environment.contains("\"processes\" : \(count)"))
    }

    @Test(arguments: ["soma", "rein"])
    func adaptedTransformersAreSharedToo(way: String) throws {
      let run = try SmallRun(iterations: 2, every: 2)
      let options = ["model.backbone=vit-tiny-16-augreg", "model.adapt=\(way)"]
      #expect(try run.train(into: "alone", set: options).exitCode == 0)
      let shared = try run.train(["--processes", "2"], into: "shared", set: options)
      #expect(shared.exitCode == 0, "\(shared.errors)")
      try run.expectSame("shared", "alone")
    }

    @Test func aRunGoesOnWithAnotherNumberOfProcesses() throws {
      let run = try SmallRun(method: Self.csg, iterations: 8, every: 4)
      #expect(try run.train(into: "whole").exitCode == 0)
      for (first, second) in [(1, 2), (2, 1)] {
        let name = "\(first)-\(second)"
        let begun = try Command.start(
          run.training(into: name, ["--processes", "\(first)", "--set", "evaluate.every=4"]))
        begun.wait { run.lineCount("\(name)/metrics.jsonl") >= 2 }
        begun.process.terminate()
        let stopped = try begun.outcome()
        // A fast machine may have finished before.
        guard stopped.exitCode != 0 else { continue }
        #expect(stopped.exitCode == 143, "\(stopped.errors)")
        #expect(stopped.errors.contains("Error: stopped after iteration"))
        let finished = try run.train(
          ["--processes", "\(second)", "--resume", "auto"], into: name)
        #expect(finished.exitCode == 0, "\(finished.errors)")
        #expect(finished.errors.contains("processes \(second) instead of \(first)"))
        try run.expectSame(name, "whole")
      }
    }

    @Test(arguments: ["torch", "mpi", "slurm"])
    func programsThatStartProcessesAreUnderstood(program: String) throws {
      let run = try SmallRun(iterations: 2, every: 2)
      #expect(try run.train(into: "alone").exitCode == 0)
      let started: [Command.Running]
      switch program {
      case "torch":
        started = try SharedRun(run).start(2)
      case "mpi":
        started = try (0..<2).map { rank in
          try Command.start(
            run.training(),
            environment: [
              "OMPI_COMM_WORLD_RANK": "\(rank)", "OMPI_COMM_WORLD_SIZE": "2",
              "OMPI_COMM_WORLD_LOCAL_RANK": "\(rank)", "OMPI_COMM_WORLD_LOCAL_SIZE": "2",
            ])
        }
      default:
        started = try (0..<2).map { rank in
          try Command.start(
            run.training(),
            environment: [
              "SLURM_PROCID": "\(rank)", "SLURM_STEP_NUM_TASKS": "2", "SLURM_LOCALID": "\(rank)",
              "SLURM_STEP_NODELIST": "localhost", "SLURM_JOB_ID": "4711",
            ])
        }
      }
      let outcomes = try started.map { try $0.outcome() }
      for outcome in outcomes { #expect(outcome.exitCode == 0, "\(outcome.errors)") }
      // Results come from one of them alone.
      #expect(!outcomes[0].output.isEmpty)
      #expect(outcomes[1].output.isEmpty)
      try run.expectSame("run", "alone")
    }

    @Test func aSingleProcessOfAProgramThatStartsItAgainBeginsARun() throws {
      let run = try SmallRun(iterations: 2, every: 2)
      let alone = ["RANK": "0", "WORLD_SIZE": "1", "LOCAL_RANK": "0"]
      // Of a program that shrinks a run to one process, as torchrun may.
      for expected in [[0], [0, 2]] {
        let outcome = try Command.run(
          run.training(["--resume", "auto"]), environment: alone)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(try run.starts(of: "run") == expected)
      }
      #expect(try run.train(["--resume", "auto"], into: "other").exitCode == 1)
    }

    // MARK: What goes wrong

    @Test func aKilledProcessEndsTheOthers() throws {
      let run = try SmallRun(iterations: 2000, every: 2000)
      let started = try SharedRun(run).start(3)
      started[0].wait { run.lineCount("run/metrics.jsonl") >= 3 }
      let process = started[1].process.processIdentifier
      kill(process, SIGKILL)
      let start = ContinuousClock.now
      for rank in [0, 2] {
        let outcome = try started[rank].outcome()
        #expect(outcome.exitCode == 1)
        #expect(
          outcome.sentence.contains("rank 1 of 3 (")
            && outcome.sentence.contains(", process \(process))"), "\(outcome.errors)")
      }
      #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func aStoppedProcessEndsTheOthers() throws {
      let outcome = try outcome(ofRank: 0, whileStopping: 1)
      #expect(outcome.exitCode == 1)
      #expect(
        outcome.sentence.contains("rank 1 of 2 (")
          && outcome.sentence.contains("no sign of life for 5 s"), "\(outcome.errors)")
    }

    @Test func aStoppedFirstProcessEndsTheOthersToo() throws {
      let outcome = try outcome(ofRank: 1, whileStopping: 0)
      #expect(outcome.exitCode == 1)
      #expect(outcome.sentence.contains("which rank 0 keeps"), "\(outcome.errors)")
    }

    /// What one of two processes ends with when the other is stopped in the middle of the run.
    private func outcome(ofRank rank: Int, whileStopping stopped: Int) throws -> Command.Outcome {
      let run = try SmallRun(iterations: 2000, every: 2000)
      let started = try SharedRun(run).start(2)
      started[0].wait { run.lineCount("run/metrics.jsonl") >= 3 }
      let process = started[stopped].process.processIdentifier
      kill(process, SIGSTOP)
      defer { kill(process, SIGKILL) }
      return try started[rank].outcome()
    }

    @Test func processesWithDifferentRecipesAreToldApart() throws {
      let run = try SmallRun(iterations: 4, every: 4)
      let started = try SharedRun(run).start(2) { rank in
        rank == 1 ? ["--set", "optimizer.lr=0.5"] : []
      }
      for running in started {
        let outcome = try running.outcome()
        #expect(outcome.exitCode == 1)
        #expect(
          outcome.sentence.contains("rank 1 would not train the same as rank 0: ")
            && outcome.sentence.contains("optimizer.lr"), "\(outcome.errors)")
      }
      #expect(!run.exists("run/metrics.jsonl"))
    }

    @Test func whatOneProcessCannotReadEndsAllWithItsSentence() throws {
      let run = try SmallRun(iterations: 40, every: 40)
      let image = try run.folder.write("no picture", to: "drawings/apple/0.png")
      let outcome = try run.train(["--processes", "2"])
      #expect(outcome.exitCode == 1)
      let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("Error: ") }
      #expect(lines.count == 2, "\(outcome.errors)")
      for line in lines { #expect(line.contains(image), "\(outcome.errors)") }
      #expect(lines.contains { $0.contains("failed: ") })
    }

    @Test func fewerImagesThanProcessesAreRefused() throws {
      let run = try SmallRun()
      let outcome = try run.train(["--processes", "3"], set: ["train.batch_size=2"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors.contains("there are 3 processes; expected at least an image for each"))
    }

    @Test(arguments: [
      (["--processes", "0"], "--processes must be from 1 to 64"),
      (["--processes", "2", "--dry-run"], "--dry-run measures one process"),
      (["--processes", "2", "--peer-timeout", "0"], "--peer-timeout must be at least 1"),
    ])
    func impossibleOptionsAreRefused(options: [String], sentence: String) throws {
      let outcome = try SmallRun().train(options)
      #expect(outcome.exitCode == 64)
      #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    }

    @Test func anIncompleteEnvironmentIsRefused() throws {
      let run = try SmallRun()
      let outcome = try Command.run(run.training(), environment: ["WORLD_SIZE": "2"])
      #expect(outcome.exitCode == 64)
      #expect(outcome.errors.contains("but no RANK;"), "\(outcome.errors)")
    }
  }
}
