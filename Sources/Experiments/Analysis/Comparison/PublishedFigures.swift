/// `published`: what a paper reports of an experiment, to stand beside one's own figures.
public struct PublishedFigures: Sendable, Equatable {
  /// The figures of one method, in the units of the table.
  public struct Entry: Sendable, Equatable {
    /// `mean_class_accuracy` or `miou`, in %.
    public let headline: Double?
    /// `hse`: the energies at the powers 0, 1 and 2; none or three.
    public let energies: [Double]

    /// The figures of one method.
    public init(headline: Double?, energies: [Double] = []) {
      self.headline = headline
      self.energies = energies
    }
  }

  /// `source`: where they are published.
  public let source: String
  /// `dataset`: the real set that they are of, a member of `data.real`.
  public let dataset: String
  /// `methods`: the figures by the names of the methods.
  public let methods: [String: Entry]

  /// Figures.
  public init(source: String, dataset: String, methods: [String: Entry]) {
    self.source = source
    self.dataset = dataset
    self.methods = methods
  }
}
