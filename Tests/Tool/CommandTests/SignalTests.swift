import Foundation
import Testing

extension CommandSuite {
  /// What ends a run from outside, and what does not.
  @Suite struct SignalTests {
    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func aSignalStopsARunAfterItsStep(_ signal: Int32) throws {
      let run = try SmallRun(iterations: 2000, every: 2000)
      let running = try Command.start(run.training())
      running.wait { run.lineCount("run/metrics.jsonl") >= 2 }
      kill(running.process.processIdentifier, signal)
      let outcome = try running.outcome()
      #expect(running.process.terminationReason == .exit)
      #expect(outcome.exitCode == 128 + signal)
      #expect(outcome.sentence.hasPrefix("Error: stopped after iteration"))
      #expect(run.exists("run/checkpoints/last.safetensors"))
      let taken = run.lineCount("run/metrics.jsonl")
      #expect(outcome.sentence.contains("stopped after iteration \(taken),"))
      #expect(outcome.sentence.hasSuffix("; go on with --resume auto"))
    }

    /// `compare` has no `--resume`: it goes on by itself.
    @Test func aComparisonSaysHowItGoesOn() throws {
      let run = try SmallRun(iterations: 2000, every: 2000)
      let running = try Command.start([
        "compare", run.recipe, "--seeds", "3", "--output", run.folder.path("all"), "--device",
        "cpu",
        "--threads", "1",
      ])
      running.wait { run.lineCount("all/small-seed3/metrics.jsonl") >= 2 }
      kill(running.process.processIdentifier, SIGINT)
      let outcome = try running.outcome()
      #expect(outcome.exitCode == 128 + SIGINT)
      #expect(outcome.sentence.hasSuffix("; the same command goes on"))
    }

    @Test func aRunUnderNohupOutlivesItsTerminal() throws {
      let run = try SmallRun(iterations: 12, every: 12)
      let running = try Command.start(run.training(), script: "trap '' HUP; exec \"$0\" \"$@\"")
      running.wait { run.lineCount("run/metrics.jsonl") >= 2 }
      kill(running.process.processIdentifier, SIGHUP)
      #expect(try running.outcome().exitCode == 0)
      #expect(run.lineCount("run/metrics.jsonl") == 12)
    }

    @Test(arguments: ["2>&-", "0<&- 1>&- 2>&-"])
    func closedStreamsEndNothingAndStandInNoFile(_ closing: String) throws {
      let run = try SmallRun(iterations: 4, every: 2)
      #expect(try run.train(into: "whole").exitCode == 0)
      let outcome = try Command.start(run.training(), script: "exec \"$0\" \"$@\" \(closing)")
        .outcome()
      #expect(outcome.exitCode == 0)
      #expect(try run.metrics() == run.metrics(of: "whole"))
      #expect(run.lineCount("run/evaluations.jsonl") == run.lineCount("whole/evaluations.jsonl"))
      let isSame = try run.lastState(of: "run") == run.lastState(of: "whole")
      #expect(isSame)
    }

    @Test func aPipeThatNobodyReadsEndsNothing() throws {
      let run = try SmallRun(iterations: 4, every: 2)
      let code = run.folder.path("code")
      let script = "{ sleep 0.2; \"$0\" \"$@\" 2>&1; echo $? > \"$CODE\"; } | :"
      _ = try Command.start(run.training(), script: script, environment: ["CODE": code]).outcome()
      #expect(try String(contentsOfFile: code, encoding: .utf8) == "0\n")
      #expect(run.exists("run/results.json"))
      // A message that cannot be written does not change the exit code.
      let refused = run.training(["--resume", "nothing"])
      _ = try Command.start(refused, script: script, environment: ["CODE": code]).outcome()
      #expect(try String(contentsOfFile: code, encoding: .utf8) == "1\n")
    }

    @Test func onATerminalTheSentenceBeginsALine() throws {
      let run = try SmallRun(iterations: 2000, every: 2000)
      let outcome = try interruptedOnATerminal(run, "exec $0 $*") {
        run.lineCount("run/metrics.jsonl") >= 3
      }
      #expect(outcome.exitCode == 130)
      #expect(outcome.output.contains("\r\u{1B}[K"))
      #expect(
        outcome.output.contains("left\r\nError: stopped after iteration"), "\(outcome.output)")
    }

    /// A terminal shows `^C` where its cursor stands, which may be at the beginning of a line that nobody has opened.
    @Test func aSignalBeforeTheFirstLineOfProgressEndsALineToo() throws {
      let run = try SmallRun(iterations: 2000, every: 1)
      let outcome = try interruptedOnATerminal(run, "stty cols 30; exec $0 $*") {
        run.lineCount("run/evaluations.jsonl") >= 4
      }
      #expect(outcome.exitCode == 130)
      let lines = outcome.output.replacing("\r\u{1B}[K", with: "\n").split(separator: "\r\n")
      #expect(lines.last?.hasPrefix("Error: stopped after iteration") == true)
      // The line of progress fits the thirty columns.
      let progress = outcome.output.replacing("\r\n", with: "\r").split(separator: "\r")
        .filter { $0.hasPrefix("\u{1B}[K") && $0.contains("/2000") }
      #expect(!progress.isEmpty)
      #expect(progress.allSatisfy { $0.dropFirst(3).count < 30 }, "\(progress)")
    }

    /// What a training prints on a terminal, interrupted there as soon as a condition holds.
    /// - Parameter script: how it is started there, as `exec $0 $*`.
    private func interruptedOnATerminal(
      _ run: SmallRun, _ script: String, once condition: () -> Bool
    ) throws -> Command.Outcome {
      let identifier = run.folder.path("process")
      let running = try Command.start(
        run.training(),
        script: "script -qec \"echo \\$\\$ > $IDENTIFIER; \(script)\" /dev/null",
        environment: ["IDENTIFIER": identifier, "SHELL": "/bin/sh"])
      running.wait(until: condition)
      let process = try String(contentsOfFile: identifier, encoding: .utf8)
      kill(try #require(Int32(process.trimmingCharacters(in: .whitespacesAndNewlines))), SIGINT)
      return try running.outcome()
    }
  }
}
