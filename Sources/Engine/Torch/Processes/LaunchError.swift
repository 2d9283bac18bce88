/// An environment that does not say the place of a process among those that compute together.
public enum LaunchError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A variable is missing beside others that are there.
  case missing(String, beside: [String])
  /// A variable is not a whole number of a range.
  case notInRange(String, String, low: Int, high: Int)

  /// Which variable, what was expected and found, and what to do.
  public var description: String {
    switch self {
    case .missing(let name, let others):
      "the environment has \(others.joined(separator: ", ")), by which processes compute together, but no \(name); set it "
        + "for each process, or unset the others to compute in this process alone"
    case .notInRange(let name, let found, let low, let high):
      "\(name) is '\(found)'; expected a whole number "
        + (high == .max ? "of at least \(low)" : "from \(low) to \(high)")
        + "; set it for each process, as the program that starts them should"
    }
  }
}
