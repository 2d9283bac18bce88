/// Which checkpoint the final figures are measured on (Algorithm.md §7).
public enum SelectionRule: String, Sendable, CaseIterable, Codable {
  /// The best on held-out synthetic images: an honest choice.
  case source
  /// The best on the real images themselves, as in the released code.
  case target
  /// The last.
  case last

  /// The rule as it is shown beside a figure.
  public var label: String {
    switch self {
    case .source: "selected on held-out synthetic images"
    case .target: "oracle selection"
    case .last: "last checkpoint"
    }
  }
}
