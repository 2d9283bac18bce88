import Datasets
import Foundation
import Synchronization
import Testing

@Suite struct OrderedReaderTests {
  private struct Unreadable: Error, Equatable {
    let index: Int
  }

  @Test(arguments: [1, 2, 7])
  func elementsComeInOrderWhateverTheWorkers(workers: Int) throws {
    let reader = OrderedReader(count: 50, workers: workers) { index in
      if index % 2 == 0 { Thread.sleep(forTimeInterval: 0.001) }
      return index
    }
    var read: [Int] = []
    while let element = try reader.next() { read.append(element) }
    #expect(read == Array(0..<50))
    #expect(try reader.next() == nil)
  }

  @Test func theFirstUnreadableElementEndsReading() throws {
    let reader = OrderedReader(count: 9, workers: 3) { index in
      if index == 4 || index == 2 { throw Unreadable(index: index) }
      return index
    }
    #expect(try reader.next() == 0)
    #expect(try reader.next() == 1)
    #expect(throws: Unreadable(index: 2)) { try reader.next() }
    #expect(try reader.next() == nil)
  }

  @Test func unreadableElementsAreLeftOutAndCounted() throws {
    let reader = OrderedReader(count: 6, workers: 2, policy: .skip) { index in
      if index % 3 == 1 { throw Unreadable(index: index) }
      return index
    }
    var read: [Int] = []
    while let element = try reader.next() { read.append(element) }
    #expect(read == [0, 2, 3, 5])
    #expect(reader.skippedSamples.map(\.index) == [1, 4])
  }

  @Test func nothingIsReadTooFarAhead() throws {
    let started = Mutex(Set<Int>())
    let reader = OrderedReader(count: 1000, workers: 2) { index in
      started.withLock { _ = $0.insert(index) }
      return index
    }
    defer { reader.stop() }
    // As many as there are workers, and one more.
    Thread.sleep(forTimeInterval: 0.2)
    #expect(started.withLock { $0 }.isSubset(of: [0, 1, 2]))
    #expect(try reader.next() == 0)
    Thread.sleep(forTimeInterval: 0.2)
    #expect(started.withLock { $0 }.isSubset(of: [0, 1, 2, 3]))
  }

  @Test func stoppingInTheMiddleEndsTheReader() throws {
    let reader = OrderedReader(count: 1000, workers: 2) { $0 }
    #expect(try reader.next() == 0)
    reader.stop()
    #expect(try reader.next() == nil)
  }
}
