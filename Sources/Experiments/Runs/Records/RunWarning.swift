/// Something in a run that probably went wrong, with what to try.
public struct RunWarning: Sendable, Codable, Equatable {
  /// What went wrong.
  public enum Kind: String, Sendable, Codable {
    /// The task loss grew far above its lowest value and above chance.
    case lossExploded = "loss_exploded"
    /// The features of different images are almost the same.
    case featuresCollapsed = "features_collapsed"
    /// At the end the network is no better than guessing.
    case accuracyAtChance = "accuracy_at_chance"
  }

  /// What went wrong.
  public let kind: Kind
  /// What was found and what to try, in a sentence.
  public let message: String
  /// The number of steps that had been taken.
  public let iteration: Int

  /// A warning after `iteration` steps.
  public init(kind: Kind, message: String, iteration: Int) {
    self.kind = kind
    self.message = message
    self.iteration = iteration
  }
}
