import Datasets
import Foundation
import Synchronization
import Testing

@Suite struct BatchLoaderTests {
  private struct Unreadable: Error, Equatable {
    let index: Int
  }

  /// Samples that are their own index; even ones are delayed, so that threads overtake each other.
  private struct Numbers: SampleSource {
    let count = 40
    let layout: SampleLayout
    var unreadable: Set<Int> = []

    init(hasKeyView: Bool = true, unreadable: Set<Int> = []) {
      layout = SampleLayout(viewShape: [2], hasKeyView: hasKeyView)
      self.unreadable = unreadable
    }

    func write(_ index: Int, epoch: Int, into slot: SampleSlot) throws {
      if index % 2 == 0 { Thread.sleep(forTimeInterval: 0.002) }
      if unreadable.contains(index) { throw Unreadable(index: index) }
      slot.query[0] = Float(index)
      slot.query[1] = Float(epoch)
      slot.key?[0] = Float(index) + 0.5
      slot.key?[1] = 0
      slot.labels[0] = Int64(-index)
    }
  }

  private let plan = [
    (epoch: 0, indices: [3, 1, 4]), (epoch: 0, indices: [10, 2, 6]), (epoch: 1, indices: [5]),
  ]

  @Test(arguments: [1, 2, 7])
  func batchesComeInOrderWhateverTheWorkers(workers: Int) throws {
    let loader = BatchLoader(Numbers(), plan: plan, workers: workers)
    defer { loader.stop() }
    for planned in plan {
      let batch = try #require(try loader.next())
      #expect(batch.indices == planned.indices)
      #expect(batch.epoch == planned.epoch)
      #expect(floats(batch.query) == planned.indices.flatMap { [Float($0), Float(planned.epoch)] })
      #expect(floats(try #require(batch.key)) == planned.indices.flatMap { [Float($0) + 0.5, 0] })
      #expect(Array(batch.labels.bindMemory(to: Int64.self)) == planned.indices.map { Int64(-$0) })
    }
    #expect(try loader.next() == nil)
    #expect(try loader.next() == nil)
  }

  @Test func withoutKeyViewThereIsNone() throws {
    let loader = BatchLoader(Numbers(hasKeyView: false), plan: plan, workers: 2)
    defer { loader.stop() }
    #expect(try #require(try loader.next()).key == nil)
  }

  @Test func unreadableSampleStopsTheRun() throws {
    let loader = BatchLoader(Numbers(unreadable: [6, 10]), plan: plan, workers: 3)
    defer { loader.stop() }
    #expect(try loader.next()?.indices == [3, 1, 4])
    // The first failure in the batch, regardless of which one happened first.
    #expect(throws: Unreadable(index: 10)) { try loader.next() }
    #expect(try loader.next() == nil)
  }

  @Test func unreadableSampleIsLeftOutAndCounted() throws {
    let loader = BatchLoader(
      Numbers(unreadable: [2, 5]), plan: plan, workers: 3, policy: .skip)
    defer { loader.stop() }
    _ = try loader.next()
    let batch = try #require(try loader.next())
    #expect(batch.indices == [10, 6])
    #expect(floats(batch.query) == [10, 0, 6, 0])
    #expect(floats(try #require(batch.key)) == [10.5, 0, 6.5, 0])
    // All of the last batch is unreadable.
    #expect(try loader.next() == nil)
    #expect(loader.skippedSamples.map(\.index) == [2, 5])
  }

  @Test func readsNoFurtherAheadThanAsked() throws {
    let written = Mutex(Set<Int>())
    struct Watched: SampleSource {
      let count = 100
      let layout = SampleLayout(viewShape: [1], hasKeyView: false)
      let body: @Sendable (Int) -> Void

      func write(_ index: Int, epoch: Int, into slot: SampleSlot) throws {
        body(index)
        slot.query[0] = 0
        slot.labels[0] = 0
      }
    }
    let source = Watched { index in written.withLock { _ = $0.insert(index) } }
    let loader = BatchLoader(
      source, plan: (0..<10).map { (0, [$0]) }, workers: 2, lookahead: 3)
    defer { loader.stop() }
    Thread.sleep(forTimeInterval: 0.2)
    #expect(written.withLock { $0 } == [0, 1, 2])
    _ = try loader.next()
    Thread.sleep(forTimeInterval: 0.2)
    #expect(written.withLock { $0 } == [0, 1, 2, 3])
  }

  @Test func stoppingInTheMiddleEndsTheLoader() throws {
    let loader = BatchLoader(Numbers(), plan: plan, workers: 2)
    _ = try loader.next()
    loader.stop()
    #expect(try loader.next() == nil)
  }

  private func floats(_ bytes: UnsafeRawBufferPointer) -> [Float] {
    Array(bytes.bindMemory(to: Float.self))
  }
}
