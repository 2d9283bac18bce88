import Foundation
import TensorFiles
import Testing

extension CommandSuite {
  @Suite struct KillTests {
    /// How often a run is killed; the soak test kills more often.
    private static let kills =
      ProcessInfo.processInfo.environment["SYN2REAL_KILLS"].flatMap(Int.init) ?? 20
    private static let steps = 6

    @Test func aRunKilledAgainAndAgainEndsWithTheSameFigures() throws {
      let run = try SmallRun(iterations: Self.steps, every: 2, isLarge: true)
      let begun = ContinuousClock.now
      #expect(try run.train(into: "whole").exitCode == 0)
      let duration = (ContinuousClock.now - begun) / .microseconds(1)
      let whole = try Figures(run, "whole")
      var (kills, lives) = (0, 0)
      while kills < Self.kills {
        lives += 1
        let name = "run-\(lives)"
        var hasEnded = false
        while !hasEnded {
          let resume =
            run.exists("\(name)/checkpoints/last.safetensors") ? ["--resume", "auto"] : []
          let running = try Command.start(run.training(into: name, resume))
          if kills < Self.kills {
            // Half of the kills come soon after a step, when evaluations and checkpoints are written.
            if Bool.random() {
              let lines = run.lineCount("\(name)/metrics.jsonl")
              let awaited = Int.random(in: 1...Self.steps)
              running.wait {
                let count = run.lineCount("\(name)/metrics.jsonl")
                return count >= awaited && count != lines
              }
              usleep(.random(in: 0..<150_000))
            } else {
              usleep(.random(in: 0..<UInt32(duration)))
            }
            if running.process.isRunning {
              kill(running.process.processIdentifier, SIGKILL)
            }
          }
          let outcome = try running.outcome()
          hasEnded = outcome.exitCode == 0
          if !hasEnded {
            #expect(outcome.exitCode == SIGKILL, "\(outcome.errors)")
            guard outcome.exitCode == SIGKILL else { return }
            kills += 1
          }
        }
        let isSame = try Figures(run, name) == whole
        #expect(isSame, "run \(lives), after \(kills) kills")
        try FileManager.default.removeItem(atPath: run.folder.path(name))
      }
    }

    /// Everything that a run leaves except the times.
    private struct Figures: Equatable {
      let metrics: [String]
      let evaluations: String
      let results: String
      let last: [StateDictionary.Entry]
      let best: [StateDictionary.Entry]
      let names: Set<String>

      init(_ run: SmallRun, _ name: String) throws {
        metrics = try run.metrics(of: name)
        evaluations = try String(
          contentsOfFile: run.folder.path("\(name)/evaluations.jsonl"), encoding: .utf8)
        results = try String(
          contentsOfFile: run.folder.path("\(name)/results.json"), encoding: .utf8
        ).replacing(/"seconds" : [^\n]*/, with: "")
        last = try run.lastState(of: name)
        best = try run.state(at: "\(name)/checkpoints/best.safetensors")
        let files = FileManager.default
        names = Set(
          try files.contentsOfDirectory(atPath: run.folder.path(name))
            + files.contentsOfDirectory(atPath: run.folder.path("\(name)/checkpoints"))
        ).filter { !$0.hasPrefix("events.out") }
      }
    }
  }
}
