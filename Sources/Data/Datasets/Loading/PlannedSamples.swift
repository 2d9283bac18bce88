/// The samples of a plan, one after the other, each with its place in its batch; a batch has memory from its first
/// sample on.
struct PlannedSamples<Plan: IteratorProtocol>: Sequence, IteratorProtocol
where Plan.Element == (epoch: Int, indices: [Int]) {
  /// The samples of the plan's first batch, at least 1.
  let batchSize: Int
  private let layout: SampleLayout
  private var upcoming: Plan.Element?
  private var plan: Plan
  /// The batch whose samples are being given, and the next of them.
  private var current: (batch: Batch, position: Int)?

  init(_ plan: Plan, layout: SampleLayout) {
    self.plan = plan
    self.layout = layout
    upcoming = self.plan.next()
    batchSize = Swift.max(1, upcoming?.indices.count ?? 1)
  }

  mutating func next() -> (batch: Batch, position: Int)? {
    while current == nil, let planned = upcoming {
      upcoming = plan.next()
      guard !planned.indices.isEmpty else { continue }
      current = (
        Batch(indices: planned.indices, epoch: planned.epoch, layout: layout), position: 0
      )
    }
    guard let (batch, position) = current else { return nil }
    // A batch is not held here beyond its last sample.
    current = position + 1 < batch.count ? (batch, position + 1) : nil
    return (batch, position)
  }
}
