import Foundation
import Testing

import Torch

/// When threads that wait for each other leave the cores to others.
@Suite struct ContentionTests {
  @Test func timesAreReadFromTheLinesOfTheProcessors() throws {
    let text = "cpu  100 20 30 4000 50 6 7 8 90 9\ncpu0 1 2 3 4 5 6 7 8 9 10\n"
    let times = try #require(ProcessorTimes(statistics: text, ticks: 100))
    #expect(abs(times.usual - 1.51) < 1e-12)
    #expect(times.nice == 0.2)
    let lines = [
      "cpu 9 9 9 9 9 9 9 9", "cpu0 1 2 3 4 5 6 7 8", "cpu1 10 20 30 40 50 60 70 80",
      "cpu10 5 5 5 5 5 5 5 5",
    ]
    let some = lines.joined(separator: "\n")
    // 1 + 3 + 6 + 7 + 8, and five times 5.
    let two = try #require(ProcessorTimes(statistics: some, ticks: 1, processors: [0, 10]))
    #expect(two.usual == 50)
    #expect(two.nice == 7)
    #expect(ProcessorTimes(statistics: some, ticks: 1, processors: [2]) == nil)
  }

  @Test(arguments: ["", "cpu 1 2 3", "intr 1 2 3 4 5 6 7 8", "cpu a b c d e f g h"])
  func anotherTextTellsNoTimes(_ text: String) {
    #expect(ProcessorTimes(statistics: text, ticks: 100) == nil)
  }

  @Test func coresAreContendedWhileOthersUseThemAndSomeTimeLonger() {
    var rule = ContentionRule()
    // The seconds that others have used, every half second: quiet, busy, quiet.
    let used = [5, 5.02, 5.04, 5.3, 5.8, 5.82, 5.84, 5.86, 5.88, 5.9, 5.92]
    let found = used.enumerated().map {
      rule.isContended(others: $0.element, at: Double($0.offset) / 2)
    }
    #expect(
      found == [
        false, false, false, true, true, true, true, true, false, false, false,
      ])
  }

  /// The switch changes how threads wait, never what they compute, and threads end with it.
  @Test(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
  func waitingAsleepAddsIdleThreadsUntilItEnds() throws {
    func threads() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }
    let x = try Tensor.normal([256, 256], generator: Generator(seed: 1))
    let product = try x.matmul(x)
    let before = try threads()
    Libtorch.waitAsleep(true)
    #expect(try x.matmul(x).scalars(Float.self) == product.scalars(Float.self))
    // The first thread of the team and the others appear in their own time.
    for _ in 0..<100 where try threads() < before + 2 { usleep(10_000) }
    #expect(try threads() >= before + 2)
    Libtorch.waitAsleep(true)
    Libtorch.waitAsleep(false)
    for _ in 0..<100 where try threads() > before { usleep(10_000) }
    #expect(try threads() <= before)
    #expect(try x.matmul(x).scalars(Float.self) == product.scalars(Float.self))
  }
}
