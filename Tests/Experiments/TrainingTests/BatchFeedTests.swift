import Datasets
import Foundation
import Testing
import Torch
import Training

/// Batches as tensors, handed over at once and by a thread that is ahead.
@Suite struct BatchFeedTests {
  private struct Unreadable: Error {}

  /// Views of two floats, the index and a view's number; the label is the index.
  private struct Numbers: SampleSource {
    let count = 10
    let layout = SampleLayout(viewShape: [2], hasKeyView: true, styledViewCount: 1)
    var unreadable: Set<Int> = []

    func write(_ index: Int, epoch: Int, into slot: SampleSlot) throws {
      if unreadable.contains(index) { throw Unreadable() }
      let views = [slot.query] + [slot.key].compactMap(\.self) + slot.styled
      for (number, view) in views.enumerated() {
        view[0] = Float(index)
        view[1] = Float(number)
      }
      slot.labels[0] = Int64(index)
    }
  }

  private let plan = (0..<5).map { (epoch: 0, indices: [2 * $0, 2 * $0 + 1]) }

  private func feed(unreadable: Set<Int> = [], ahead: Bool?) -> BatchFeed {
    let loader = BatchLoader(Numbers(unreadable: unreadable), plan: plan, workers: 2)
    return BatchFeed(loader, on: .cpu, ahead: ahead)
  }

  @Test(arguments: [nil, false, true])
  func batchesComeInOrderAsTensors(ahead: Bool?) throws {
    let feed = feed(ahead: ahead)
    defer { feed.stop() }
    for planned in plan {
      let (batch, input) = try #require(try feed.next())
      let (first, second) = (Float(planned.indices[0]), Float(planned.indices[1]))
      #expect(batch.indices == planned.indices)
      #expect(try input.query.scalars() == [first, 0, second, 0])
      #expect(try input.key?.scalars() == [first, 1, second, 1])
      #expect(try input.styled.map { try $0.scalars(Float.self) } == [[first, 2, second, 2]])
      #expect(try input.labels.scalars() == planned.indices.map(Int64.init))
      #expect(input.query.shape == [2, 2])
    }
    #expect(try feed.next() == nil)
    #expect(try feed.next() == nil)
  }

  /// On the CPU no image is copied: the tensor outlives every other reference to the batch.
  @Test func tensorsAreTheBatchsMemory() throws {
    let feed = feed(ahead: nil)
    defer { feed.stop() }
    var element = try feed.next()
    let input = try #require(element?.input)
    weak let batch = element?.batch
    element = nil
    #expect(batch != nil)
    let byte = try #require(batch?.query.baseAddress)
    #expect(Int(bitPattern: byte) % 64 == 0)
    #expect(byte.load(as: Float.self) == 0)
    try input.query.fillInPlace(5)
    #expect(byte.load(as: Float.self) == 5)
  }

  @Test(arguments: [false, true])
  func anUnreadableSampleIsTheErrorOfItsBatch(ahead: Bool) throws {
    let feed = feed(unreadable: [5], ahead: ahead)
    defer { feed.stop() }
    #expect(try feed.next() != nil)
    #expect(try feed.next() != nil)
    #expect(throws: Unreadable.self) { try feed.next() }
  }

  @Test(arguments: [false, true])
  func afterAStopThereIsNothing(ahead: Bool) throws {
    let feed = feed(ahead: ahead)
    #expect(try feed.next() != nil)
    feed.stop()
    // At most what was ready.
    _ = try feed.next()
    #expect(try feed.next() == nil)
  }
}
