/// Why a run ended before its last step.
public struct EarlyStop: Sendable, Codable, Equatable {
  /// The number of steps taken.
  public let iteration: Int
  /// The reason, in a sentence.
  public let reason: String

  /// An end after `iteration` steps.
  public init(iteration: Int, reason: String) {
    self.iteration = iteration
    self.reason = reason
  }
}
