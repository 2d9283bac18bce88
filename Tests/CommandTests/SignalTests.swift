import Foundation
import Synchronization
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
      #expect(outcome.sentence.contains("stopped after iteration \(taken);"))
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
      let terminal = try #require(Terminal())
      let running = try Command.start(run.training(), errors: terminal.handle)
      running.wait { run.lineCount("run/metrics.jsonl") >= 3 }
      running.process.interrupt()
      #expect(try running.outcome().exitCode == 130)
      let text = terminal.textAfterTheEnd()
      #expect(text.contains("\r\u{1B}[K"))
      #expect(text.contains("left\r\nError: stopped after iteration"), "\(text)")
    }
  }
}

/// A terminal that remembers what is written on it.
private final class Terminal: Sendable {
  /// The end that a process writes to.
  let handle: FileHandle
  private let own: Int32
  private let text: Mutex<Data>
  private let end = DispatchSemaphore(value: 0)

  init?() {
    var (first, other) = (Int32(-1), Int32(-1))
    guard openpty(&first, &other, nil, nil, nil) == 0 else { return nil }
    let own = first
    self.own = own
    handle = FileHandle(fileDescriptor: other, closeOnDealloc: true)
    text = Mutex(Data())
    Thread { [self] in
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(own, &buffer, buffer.count)
        if count <= 0 { break }
        text.withLock { $0 += buffer.prefix(count) }
      }
      end.signal()
    }.start()
  }

  /// Everything that was written, after no process can write any more.
  func textAfterTheEnd() -> String {
    try? handle.close()
    end.wait()
    close(own)
    return text.withLock { String(decoding: $0, as: UTF8.self) }
  }
}
