/// The samples of several sources with the same layout, one source after another.
public struct JoinedSamples: SampleSource {
  /// The number of all samples.
  public let count: Int
  /// The sizes of one sample.
  public let layout: SampleLayout
  private let sources: [any SampleSource]
  /// The number of the first sample of each source.
  private let starts: [Int]

  /// The samples of `sources`, which have at least one member.
  public init(_ sources: [any SampleSource]) {
    self.sources = sources
    layout = sources.first?.layout ?? SampleLayout(viewShape: [], hasKeyView: false)
    var starts: [Int] = []
    count = sources.reduce(0) { start, source in
      starts.append(start)
      return start + source.count
    }
    self.starts = starts
  }

  /// Writes a sample of the source that it belongs to.
  public func write(_ index: Int, epoch: Int, into slot: SampleSlot) throws {
    let place = (starts.firstIndex { $0 > index } ?? starts.count) - 1
    try sources[place].write(index - starts[place], epoch: epoch, into: slot)
  }
}
