import Foundation
import Testing

extension CommandSuite {
  /// Runs that PyTorch's and Open MPI's own programs start.
  @Suite struct LauncherTests {
    private static let csg = "{name: csg, queue: 16, dimension: 8, momentum: 0.9}"

    @Test(
      .enabled(
        if: Launcher.torchrun != nil,
        "there is no torchrun: `make bench` installs it for itself, or put that of a PyTorch into PATH"
      ))
    func torchrunGoesOnAfterAKilledProcess() throws {
      let torchrun = try #require(Launcher.torchrun)
      let run = try SmallRun(method: Self.csg, iterations: 60, every: 5)
      #expect(try run.train(into: "alone").exitCode == 0)
      let running = try Command.start(
        run.training(["--resume", "auto"]),
        script: """
          exec \(torchrun) --standalone --nproc-per-node 2 --max-restarts 2 --no-python "$0" "$@"
          """)
      running.wait { run.lineCount("run/metrics.jsonl") >= 8 }
      let victim = try #require(Launcher.ranks(below: running.process.processIdentifier)[1])
      #expect(kill(victim, SIGKILL) == 0)
      let outcome = try running.outcome()
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      // Each start of the processes, with the step that it went on from.
      let starts = try run.starts(of: "run")
      #expect(starts.count == 2, "\(starts)")
      #expect(starts.last.map { $0 >= 5 } == true, "\(starts)")
      try run.expectSame("run", "alone")
    }

    @Test(
      .enabled(if: Launcher.mpirun != nil, "there is no mpirun: install Debian's openmpi-bin"))
    func mpirunStartsARun() throws {
      let mpirun = try #require(Launcher.mpirun)
      let run = try SmallRun(method: Self.csg, iterations: 4, every: 2)
      #expect(try run.train(into: "alone").exitCode == 0)
      let outcome = try Command.start(
        run.training(),
        script: """
          exec \(mpirun) --allow-run-as-root --oversubscribe -n 2 "$0" "$@"
          """, environment: ["MASTER_PORT": "\(SharedRun.freePort())"]
      ).outcome()
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(try run.starts(of: "run") == [0])
      try run.expectSame("run", "alone")
    }
  }
}
