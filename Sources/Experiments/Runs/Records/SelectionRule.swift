/// Which checkpoint the final figures are of (Algorithm.md §7).
public enum SelectionRule: String, Sendable, CaseIterable {
  /// The best on held-out synthetic images: honest.
  case source
  /// The best on the real images themselves, as the released code has it.
  case target
  /// The last.
  case last

  /// The rule as it stands beside a figure.
  public var label: String {
    switch self {
    case .source: "selected on held-out synthetic images"
    case .target: "oracle selection"
    case .last: "last checkpoint"
    }
  }
}
