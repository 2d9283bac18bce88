import Training

/// A system of a comparison, before it is trained: one experiment per seed.
public struct ComparedSystem {
  /// An experiment that is made when its turn comes.
  public struct Run {
    /// The seed, which names the run's folder too.
    public let seed: UInt64
    /// Puts the experiment together.
    public let experiment: () throws -> Experiment

    /// A run.
    public init(seed: UInt64, experiment: @escaping () throws -> Experiment) {
      self.seed = seed
      self.experiment = experiment
    }
  }

  /// What the table calls it.
  public let name: String
  /// Its runs, one per seed.
  public let runs: [Run]
  /// What was published of it.
  public let published: PublishedFigures.Entry?

  /// A system.
  public init(name: String, runs: [Run], published: PublishedFigures.Entry? = nil) {
    self.name = name
    self.runs = runs
    self.published = published
  }
}
