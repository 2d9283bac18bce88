/// The settings of `WeightDistance`.
public struct WeightDistanceConfiguration: Sendable, Equatable {
  /// What the Fisher information decides.
  public enum Fisher: String, Sendable, CaseIterable {
    /// Nothing: every weight counts alike.
    case none
    /// How much each weight counts (elastic weight consolidation).
    case diagonal
  }

  /// λ, the weight of the distance.
  public var lambda: Double
  /// Whether the Fisher information weights the terms.
  public var fisher: Fisher
  /// The images that the Fisher information is estimated on.
  public var fisherImageCount: Int

  /// Settings; the paper gives no λ.
  public init(lambda: Double = 0.1, fisher: Fisher = .none, fisherImageCount: Int = 512) {
    self.lambda = lambda
    self.fisher = fisher
    self.fisherImageCount = fisherImageCount
  }
}
