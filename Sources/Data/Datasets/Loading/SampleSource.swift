/// What a loader reads: numbered samples that write themselves into the slots of a batch.
public protocol SampleSource: Sendable {
  /// The number of samples.
  var count: Int { get }
  /// The sizes of what one sample writes.
  var layout: SampleLayout { get }

  /// Writes a sample's views and labels; the same for the same `index` and `epoch`, in any thread.
  func write(_ index: Int, epoch: Int, into slot: SampleSlot) throws
}

/// The sizes of what one sample writes into a batch.
public struct SampleLayout: Sendable, Equatable {
  /// The shape of a view: C, H, W.
  public let viewShape: [Int]
  /// Whether there is a key view besides the query view.
  public let hasKeyView: Bool
  /// The number of versions of the query view in other styles.
  public let styledViewCount: Int
  /// The shape of the labels: empty for one class per image.
  public let labelShape: [Int]

  /// A layout.
  public init(
    viewShape: [Int], hasKeyView: Bool, styledViewCount: Int = 0, labelShape: [Int] = []
  ) {
    self.viewShape = viewShape
    self.hasKeyView = hasKeyView
    self.styledViewCount = styledViewCount
    self.labelShape = labelShape
  }

  /// The number of floats of one view.
  public var viewCount: Int { viewShape.reduce(1, *) }
  /// The number of labels of one sample.
  public var labelCount: Int { labelShape.reduce(1, *) }
}

/// Where one sample of a batch is written.
public struct SampleSlot {
  /// x_q: C×H×W floats.
  public let query: UnsafeMutableBufferPointer<Float>
  /// x_k: C×H×W floats, if the layout has a key view.
  public let key: UnsafeMutableBufferPointer<Float>?
  /// x_q in other styles, each C×H×W floats.
  public let styled: [UnsafeMutableBufferPointer<Float>]
  /// The labels.
  public let labels: UnsafeMutableBufferPointer<Int64>
}
