import Training

/// A system of a comparison, before it is trained: one experiment per seed.
public struct ComparedSystem {
  /// An experiment that is built only when its turn comes.
  public struct Run {
    /// The seed, which also appears in the name of the run's folder.
    public let seed: UInt64
    /// Builds the experiment.
    public let experiment: () throws -> Experiment

    /// A run.
    public init(seed: UInt64, experiment: @escaping () throws -> Experiment) {
      self.seed = seed
      self.experiment = experiment
    }
  }

  /// The name of the system in the table.
  public let name: String
  /// Its runs, one per seed.
  public let runs: [Run]
  /// The figures published for it.
  public let published: PublishedFigures.Entry?

  /// A system.
  public init(name: String, runs: [Run], published: PublishedFigures.Entry? = nil) {
    self.name = name
    self.runs = runs
    self.published = published
  }
}
