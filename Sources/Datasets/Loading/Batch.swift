/// Samples side by side, as the loader hands them over.
///
/// Threads write into different slots; nobody writes once the batch has been handed over.
public final class Batch: @unchecked Sendable {
  /// The samples' indices in their source, in order.
  public let indices: [Int]
  /// The epoch they were drawn in.
  public let epoch: Int
  /// The sizes of one sample.
  public let layout: SampleLayout

  private let queryStorage: UnsafeMutableBufferPointer<Float>
  private let keyStorage: UnsafeMutableBufferPointer<Float>?
  private let styledStorage: [UnsafeMutableBufferPointer<Float>]
  private let labelStorage: UnsafeMutableBufferPointer<Int64>

  /// A batch with its memory, not yet written.
  init(indices: [Int], epoch: Int, layout: SampleLayout) {
    self.indices = indices
    self.epoch = epoch
    self.layout = layout
    let viewCount = indices.count * layout.viewCount
    queryStorage = Self.allocate(viewCount)
    keyStorage = layout.hasKeyView ? Self.allocate(viewCount) : nil
    styledStorage = (0..<layout.styledViewCount).map { _ in Self.allocate(viewCount) }
    labelStorage = Self.allocate(indices.count * layout.labelCount)
  }

  deinit {
    for view in [queryStorage] + styledStorage + [keyStorage].compactMap(\.self) {
      UnsafeMutableRawBufferPointer(view).deallocate()
    }
    UnsafeMutableRawBufferPointer(labelStorage).deallocate()
  }

  /// Memory that begins with a cache line, as vector units and whoever computes on the very memory like it.
  private static func allocate<Element: BitwiseCopyable>(
    _ count: Int
  ) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableRawBufferPointer
      .allocate(byteCount: count * MemoryLayout<Element>.stride, alignment: 64)
      .bindMemory(to: Element.self)
  }

  /// The number of samples.
  public var count: Int { indices.count }

  /// x_q: N×C×H×W floats; valid while the batch lives.
  public var query: UnsafeRawBufferPointer { UnsafeRawBufferPointer(queryStorage) }
  /// x_k: N×C×H×W floats, where there is a key view.
  public var key: UnsafeRawBufferPointer? { keyStorage.map { UnsafeRawBufferPointer($0) } }
  /// x_q in other styles: N×C×H×W floats each.
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

  /// The samples at `positions` alone.
  func keeping(_ positions: [Int]) -> Batch {
    let batch = Batch(indices: positions.map { indices[$0] }, epoch: epoch, layout: layout)
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
