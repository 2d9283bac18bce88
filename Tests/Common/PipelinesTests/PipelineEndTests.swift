import Foundation
import Pipelines
import Synchronization
import Testing

/// How a pipeline ends: its threads, its results and the threads that wait for a result.
@Suite struct PipelineEndTests {
  private struct Failure: Error {}

  /// A result that says when it is gone.
  private final class Result: Sendable {
    private let living: Count

    init(_ living: Count) {
      self.living = living
      living.add(1)
    }

    deinit { living.add(-1) }
  }

  private final class Count: Sendable {
    private let number = Mutex(0)
    var value: Int { number.withLock { $0 } }
    func add(_ difference: Int) { number.withLock { $0 += difference } }
  }

  @Test func threadsEndAfterTheLastItem() throws {
    let pipeline = OrderedPipeline(0..<20, workers: 3, name: "ends-last") { $0 }
    while try pipeline.next() != nil {}
    try waitUntil { Self.threads(named: "ends-last") == 0 }
  }

  @Test func threadsEndAfterAnError() throws {
    let pipeline = OrderedPipeline(0..., workers: 3, name: "ends-error") { number in
      if number == 5 { throw Failure() }
      return number
    }
    #expect(throws: Failure.self) { while try pipeline.next() != nil {} }
    try waitUntil { Self.threads(named: "ends-error") == 0 }
  }

  @Test(arguments: [1, 4])
  func stoppingEndsTheThreadsAndDropsWhatIsFinished(workers: Int) throws {
    let (living, name) = (Count(), "ends-stop-\(workers)")
    let pipeline = OrderedPipeline(0..., workers: workers, name: name) { _ in Result(living) }
    try waitUntil { living.value == workers + 1 && Self.threads(named: name) == workers }
    pipeline.stop()
    #expect(try pipeline.next() == nil)
    try waitUntil { Self.threads(named: name) == 0 && living.value == 0 }
    pipeline.stop()
  }

  /// Nobody calls `stop`.
  @Test(arguments: [1, 4])
  func aDroppedPipelineLeavesNothingBehind(workers: Int) throws {
    let (living, name) = (Count(), "ends-drop-\(workers)")
    var pipeline: OrderedPipeline<Result>? = OrderedPipeline(0..., workers: workers, name: name) {
      _ in Result(living)
    }
    #expect(try pipeline?.next() != nil)
    try waitUntil { living.value == workers + 1 && Self.threads(named: name) == workers }
    pipeline = nil
    try waitUntil { Self.threads(named: name) == 0 && living.value == 0 }
  }

  @Test func manyDroppedPipelinesLeaveNothingBehind() throws {
    for _ in 0..<200 {
      let pipeline = OrderedPipeline(0..., workers: 3, name: "ends-many") { $0 }
      #expect(try pipeline.next() == 0)
    }
    try waitUntil { Self.threads(named: "ends-many") == 0 }
  }

  @Test func aWaitingConsumerIsToldOfTheStop() throws {
    let mayGoOn = DispatchSemaphore(value: 0)
    let pipeline = OrderedPipeline(0..<5, workers: 1) { number in
      mayGoOn.wait()
      return number
    }
    let hasEnded = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      if (try? pipeline.next()) == .some(nil) { hasEnded.signal() }
    }
    Thread.sleep(forTimeInterval: 0.02)
    pipeline.stop()
    // The work on item 0 is still under way.
    #expect(hasEnded.wait(timeout: .now() + 20) == .success)
    mayGoOn.signal()
  }

  @Test func afterAWaitingStopNoWorkIsUnderWay() throws {
    let (working, begun) = (Count(), Count())
    let pipeline = OrderedPipeline(0..., workers: 4) { _ in
      begun.add(1)
      working.add(1)
      Thread.sleep(forTimeInterval: 0.002)
      working.add(-1)
    }
    for _ in 0..<5 { #expect(try pipeline.next() != nil) }
    pipeline.stopAndWait()
    #expect(working.value == 0)
    let count = begun.value
    Thread.sleep(forTimeInterval: 0.03)
    #expect(begun.value == count)
  }

  /// The living threads of this process of a name, which Linux cuts off after 15 bytes.
  private static func threads(named name: String) -> Int {
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    return tasks.count { task in
      let comm = try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8)
      return comm == name + "\n"
    }
  }
}
