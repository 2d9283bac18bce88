import Foundation

/// Rows of comma-separated values (RFC 4180).
package enum CommaSeparated {
  /// A line for each row, with quotes around cells that need them.
  package static func text(_ rows: [[String]]) -> String {
    rows.map { $0.map(escaped).joined(separator: ",") + "\n" }.joined()
  }

  private static func escaped(_ text: String) -> String {
    let trimmed = text.trimmingCharacters(in: .whitespaces)
    guard trimmed.contains(where: { ",\"\n\r".contains($0) }) else { return trimmed }
    return "\"" + trimmed.replacing("\"", with: "\"\"") + "\""
  }
}
