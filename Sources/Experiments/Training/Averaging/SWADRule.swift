/// When the average of SWAD starts and when it ends, by the losses on held-out data (Cha et al. 2021, Algorithm 1).
///
/// With the losses E₁, E₂, … of the evaluations: it starts at the first evaluation s whose loss is the smallest of E_s …
/// E_{s+N_s−1}. From then on the threshold is l = r · mean(E_s … E_{s+N_s−1}), and it ends at the last evaluation before N_e in a
/// row with a loss above l. Before the start is known, the smallest loss so far is where it may be.
public struct SWADRule: Sendable, Equatable {
  /// What the rule depends on; by default as the paper has it for most of its data sets.
  public struct Settings: Sendable, Equatable {
    /// N_s, the evaluations in a row of which the first must have the smallest loss.
    public var startPatience = 3
    /// N_e, the evaluations in a row above the threshold that end the average.
    public var endPatience = 6
    /// r, how far the loss may rise: the factor on the mean loss at the start.
    public var tolerance = 1.3

    /// The paper's values; it has a tolerance of 1.2 for VLCS.
    public init() {}
  }

  private let settings: Settings
  /// The losses so far.
  public private(set) var losses: [Double] = []
  /// The place in `losses` of the evaluation at which the average starts, as far as is known; nil before the first one.
  public private(set) var start: Int?
  /// The place of the last evaluation that belongs to the average for certain, once the start is certain.
  public private(set) var end: Int?
  /// l; nil before the start is certain.
  public private(set) var threshold: Double?
  /// Whether no later evaluation belongs to the average.
  public private(set) var isOver = false
  /// The number of evaluations in a row above the threshold.
  private var above = 0

  /// A rule that has seen no losses yet.
  public init(_ settings: Settings) {
    self.settings = settings
  }

  /// Takes in the next loss; where the average is over, nothing changes.
  public mutating func see(_ loss: Double) {
    guard !isOver else { return }
    losses.append(loss)
    let newest = losses.count - 1
    if let threshold {
      above = loss > threshold ? above + 1 : 0
      if above == 0 { end = newest }
      isOver = above >= settings.endPatience
    } else if let start, loss >= losses[start] {
      if newest - start + 1 >= settings.startPatience { settle(from: start, to: newest) }
    } else {
      start = newest
      if settings.startPatience <= 1 { settle(from: newest, to: newest) }
    }
  }

  /// The start is certain: the losses up to now give the threshold, which some of them may exceed.
  private mutating func settle(from start: Int, to newest: Int) {
    let window = losses[start...newest]
    let threshold = settings.tolerance * window.reduce(0, +) / Double(window.count)
    let exceeding = window.reversed().prefix { $0 > threshold }.count
    // The first look at the threshold is with the next loss.
    above = min(exceeding, settings.endPatience - 1)
    end = newest - above
    self.threshold = threshold
  }
}
