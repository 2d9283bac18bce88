/// A batch of samples, as the loader hands it over.
///
/// Threads write into different slots; no thread writes after the batch has been handed over.
public final class Batch: @unchecked Sendable {
  /// The samples' indices in their source, in order.
  public let indices: [Int]
  /// The epoch in which they were drawn.
  public let epoch: Int
  /// The pass through the data that each sample belongs to, which seeds its augmentation.
  public let passes: [Int]
  /// The sizes of one sample.
  public let layout: SampleLayout

  private let queryStorage: UnsafeMutableBufferPointer<Float>
  private let keyStorage: UnsafeMutableBufferPointer<Float>?
  private let styledStorage: [UnsafeMutableBufferPointer<Float>]
  private let labelStorage: UnsafeMutableBufferPointer<Int64>
  /// The memory that holds the storages.
  private let memory: [UnsafeMutableRawPointer]

  /// A batch with its memory, which is not yet written.
  init(_ planned: PlannedBatch, layout: SampleLayout) {
    indices = planned.indices
    epoch = planned.epoch
    passes = planned.passes
    self.layout = layout
    var memory: [UnsafeMutableRawPointer] = []
    func allocate<Element: BitwiseCopyable>(_ count: Int) -> UnsafeMutableBufferPointer<Element> {
      let (start, storage) = Self.allocate(count, of: Element.self)
      memory.append(start)
      return storage
    }
    let viewCount = indices.count * layout.viewCount
    queryStorage = allocate(viewCount)
    keyStorage = layout.hasKeyView ? allocate(viewCount) : nil
    styledStorage = (0..<layout.styledViewCount).map { _ in allocate(viewCount) }
    labelStorage = allocate(indices.count * layout.labelCount)
    self.memory = memory
  }

  deinit {
    for start in memory { start.deallocate() }
  }

  /// Memory in which a storage begins at a cache line, where computations are fastest.
  ///
  /// The allocator is not asked for this alignment: glibc 2.36 does not find the room of a freed block for an aligned one of
  /// the same size, so every batch would take new memory.
  private static func allocate<Element: BitwiseCopyable>(
    _ count: Int, of type: Element.Type
  ) -> (start: UnsafeMutableRawPointer, storage: UnsafeMutableBufferPointer<Element>) {
    let line = 64
    let start = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Element>.stride + line, alignment: 16)
    let first = start.alignedUp(toMultipleOf: line).bindMemory(to: type, capacity: count)
    return (start, UnsafeMutableBufferPointer(start: first, count: count))
  }

  /// The number of samples.
  public var count: Int { indices.count }

  /// x_q: N×C×H×W floats; valid while the batch lives.
  public var query: UnsafeRawBufferPointer { UnsafeRawBufferPointer(queryStorage) }
  /// x_k: N×C×H×W floats, if there is a key view.
  public var key: UnsafeRawBufferPointer? { keyStorage.map { UnsafeRawBufferPointer($0) } }
  /// x_q in other styles, each N×C×H×W floats.
  public var styled: [UnsafeRawBufferPointer] { styledStorage.map { UnsafeRawBufferPointer($0) } }
  /// The labels: N×… int64.
  public var labels: UnsafeRawBufferPointer { UnsafeRawBufferPointer(labelStorage) }

  /// Where the sample at `position` is written.
  func slot(_ position: Int) -> SampleSlot {
    let views = position * layout.viewCount..<(position + 1) * layout.viewCount
    let labels = position * layout.labelCount..<(position + 1) * layout.labelCount
    return SampleSlot(
      query: UnsafeMutableBufferPointer(rebasing: queryStorage[views]),
      key: keyStorage.map { UnsafeMutableBufferPointer(rebasing: $0[views]) },
      styled: styledStorage.map { UnsafeMutableBufferPointer(rebasing: $0[views]) },
      labels: UnsafeMutableBufferPointer(rebasing: labelStorage[labels]))
  }

  /// A batch of only the samples at `positions`.
  func keeping(_ positions: [Int]) -> Batch {
    let planned = PlannedBatch(
      epoch: epoch, indices: positions.map { indices[$0] }, passes: positions.map { passes[$0] })
    let batch = Batch(planned, layout: layout)
    for (target, source) in positions.enumerated() {
      let from = slot(source)
      let to = batch.slot(target)
      _ = to.query.update(fromContentsOf: from.query)
      if let key = from.key { _ = to.key?.update(fromContentsOf: key) }
      for (new, old) in zip(to.styled, from.styled) { _ = new.update(fromContentsOf: old) }
      _ = to.labels.update(fromContentsOf: from.labels)
    }
    return batch
  }
}
