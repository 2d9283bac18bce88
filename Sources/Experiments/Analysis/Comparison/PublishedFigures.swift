import Generalization

/// `published`: what a paper reports for an experiment, shown beside one's own figures.
public struct PublishedFigures: Sendable, Equatable {
  /// The figures of one method, in the units of the table.
  public struct Entry: Sendable, Equatable {
    /// `mean_class_accuracy` or `miou`, in %.
    public let headline: Double?
    /// `hse`: the energies in the order of their powers, as many as are given.
    public let energies: [HypersphericalEnergy.Power: Double]

    /// The figures of one method.
    public init(headline: Double?, energies: [HypersphericalEnergy.Power: Double] = [:]) {
      self.headline = headline
      self.energies = energies
    }
  }

  /// `source`: where the figures were published.
  public let source: String
  /// `dataset`: the real data set that they were measured on, one of `data.real`.
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
