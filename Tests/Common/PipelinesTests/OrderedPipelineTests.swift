import Foundation
import Pipelines
import Synchronization
import Testing

/// What comes out of a pipeline, and in which order.
@Suite struct OrderedPipelineTests {
  private struct Unreadable: Error, Equatable {
    let number: Int
  }

  /// Delayed if the number is even, so that threads overtake each other.
  private static func late(_ number: Int) -> Int {
    if number % 2 == 0 { Thread.sleep(forTimeInterval: 0.001) }
    return number
  }

  @Test(arguments: [1, 2, 7, 60])
  func resultsComeInTheOrderOfTheItems(workers: Int) throws {
    let pipeline = OrderedPipeline(0..<50, workers: workers) { Self.late($0) * 10 }
    #expect(try all(of: pipeline) == (0..<50).map { $0 * 10 })
    #expect(try pipeline.next() == nil)
  }

  @Test(arguments: [-1, 0, 1, 4])
  func withoutItemsThereIsNothing(workers: Int) throws {
    let pipeline = OrderedPipeline([Int](), workers: workers) { $0 }
    #expect(try pipeline.next() == nil)
    #expect(try pipeline.next() == nil)
  }

  @Test func anItemMayGiveNothing() throws {
    let pipeline = OrderedPipeline(0..<4, workers: 2) { $0 % 2 == 0 ? nil : $0 }
    #expect(try all(of: pipeline) == [nil, 1, nil, 3])
  }

  @Test(arguments: [1, 3])
  func theFirstErrorInOrderEndsTheWork(workers: Int) throws {
    // The second error is there before the first.
    let pipeline = OrderedPipeline(0..<100, workers: workers) { number in
      if number == 2 { Thread.sleep(forTimeInterval: 0.02) }
      if number == 2 || number == 3 { throw Unreadable(number: number) }
      return number
    }
    #expect(try pipeline.next() == 0)
    #expect(try pipeline.next() == 1)
    #expect(throws: Unreadable(number: 2)) { try pipeline.next() }
    #expect(try pipeline.next() == nil)
    #expect(pipeline.skipped.isEmpty)
  }

  @Test func failuresAreLeftOutAndCountedWhereThePolicySaysSo() throws {
    let pipeline = OrderedPipeline(10..<16, workers: 2, policy: .skip) { number in
      if number % 3 == 1 { throw Unreadable(number: number) }
      return Self.late(number)
    }
    #expect(try all(of: pipeline) == [11, 12, 14, 15])
    #expect(pipeline.skipped.map(\.number) == [0, 3])
    #expect(
      pipeline.skipped.map { $0.error as? Unreadable }
        == [Unreadable(number: 10), Unreadable(number: 13)])
  }

  @Test(arguments: [1, 2, 8])
  func nothingIsTakenBeyondTheBound(workers: Int) throws {
    let begun = Mutex(Set<Int>())
    let pipeline = OrderedPipeline(0..<1000, workers: workers, bound: 3) { number in
      begun.withLock { _ = $0.insert(number) }
      return number
    }
    try waitUntil { begun.withLock { $0.count } == 3 }
    Thread.sleep(forTimeInterval: 0.05)
    #expect(begun.withLock { $0 } == [0, 1, 2])
    #expect(try pipeline.next() == 0)
    try waitUntil { begun.withLock { $0.count } == 4 }
    Thread.sleep(forTimeInterval: 0.05)
    #expect(begun.withLock { $0 } == [0, 1, 2, 3])
  }

  @Test func withoutABoundOneMoreThanThereAreWorkersIsTaken() throws {
    let begun = Mutex(0)
    let pipeline = OrderedPipeline(0..<1000, workers: 2) { _ in begun.withLock { $0 += 1 } }
    try waitUntil { begun.withLock { $0 } == 3 }
    Thread.sleep(forTimeInterval: 0.05)
    #expect(begun.withLock { $0 } == 3)
    pipeline.stop()
  }

  /// Only as many elements of an endless sequence are taken as needed, by one thread at a time.
  @Test func itemsAreTakenOneByOneAsTheyAreNeeded() throws {
    let asked = Mutex(0)
    let isAsking = Mutex(false)
    let overlaps = Mutex(0)
    let endless = sequence(first: 0) { number in
      isAsking.withLock {
        if $0 { overlaps.withLock { $0 += 1 } }
        $0 = true
      }
      asked.withLock { $0 += 1 }
      isAsking.withLock { $0 = false }
      return number + 1
    }
    let pipeline = OrderedPipeline(endless, workers: 4, bound: 5) { Self.late($0) }
    for number in 0..<200 { #expect(try pipeline.next() == number) }
    pipeline.stopAndWait()
    #expect(asked.withLock { $0 } <= 205)
    #expect(overlaps.withLock { $0 } == 0)
  }

  /// A finished result is delivered while the next item is still being produced.
  @Test func aSlowSequenceKeepsNoResultBack() throws {
    let mayGoOn = DispatchSemaphore(value: 0)
    let numbers = (0..<3).lazy.map { number in
      if number == 2 { mayGoOn.wait() }
      return number
    }
    let pipeline = OrderedPipeline(numbers, workers: 2, bound: 8) { $0 }
    #expect(try pipeline.next() == 0)
    #expect(try pipeline.next() == 1)
    mayGoOn.signal()
    #expect(try pipeline.next() == 2)
    #expect(try pipeline.next() == nil)
  }

  @Test(arguments: [1, 3])
  func whoWaitsForSeveralResultsHasThemAllAtOnce(workers: Int) throws {
    let finished = Mutex(0)
    let pipeline = OrderedPipeline(0..<10, workers: workers, bound: 6) { number in
      finished.withLock { $0 += 1 }
      return Self.late(number)
    }
    pipeline.wait(for: 4)
    #expect(finished.withLock { $0 } >= 4)
    for number in 0..<4 { #expect(try pipeline.next() == number) }
    // More than may gather, more than there are, and none.
    pipeline.wait(for: 100)
    for number in 4..<10 { #expect(try pipeline.next() == number) }
    pipeline.wait(for: 3)
    #expect(try pipeline.next() == nil)
    pipeline.stop()
    pipeline.wait(for: 1)
  }

  /// Two threads ask at once: together they are given everything once, and both are told of the end.
  @Test func severalConsumersShareTheResults() throws {
    let pipeline = OrderedPipeline(0..<300, workers: 3) { Self.late($0) }
    let given = Mutex<[Int]>([])
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
      while let number = try? pipeline.next() { given.withLock { $0.append(number) } }
    }
    #expect(given.withLock { $0.sorted() } == Array(0..<300))
  }

  private func all<Output>(of pipeline: OrderedPipeline<Output>) throws -> [Output] {
    var results: [Output] = []
    while let result = try pipeline.next() { results.append(result) }
    return results
  }
}
