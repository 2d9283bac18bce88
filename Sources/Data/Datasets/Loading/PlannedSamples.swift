/// The samples of a plan, one after the other, each with its position in its batch; the memory of a batch is allocated
/// with its first sample.
struct PlannedSamples<Plan: IteratorProtocol>: Sequence, IteratorProtocol
where Plan.Element == PlannedBatch {
  /// The samples of the plan's first batch, at least 1.
  let batchSize: Int
  private let layout: SampleLayout
  private var upcoming: Plan.Element?
  private var plan: Plan
  /// The present batch, and the position of its next sample.
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
        Batch(planned, layout: layout), position: 0
      )
    }
    guard let (batch, position) = current else { return nil }
    // A batch is released here after its last sample.
    current = position + 1 < batch.count ? (batch, position + 1) : nil
    return (batch, position)
  }
}
