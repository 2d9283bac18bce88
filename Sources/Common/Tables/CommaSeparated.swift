import Foundation

/// Rows of comma-separated values (RFC 4180).
package enum CommaSeparated {
  /// A line for each row, with quotes around cells that need them.
  ///
  /// A name that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay as they are.
  package static func text(_ rows: [[String]]) -> String {
    rows.map { $0.map(escaped).joined(separator: ",") + "\n" }.joined()
  }

  private static func escaped(_ text: String) -> String {
    let trimmed = text.trimmingCharacters(in: .whitespaces)
    let cell = isFormula(trimmed) ? "'" + trimmed : trimmed
    // By scalars: a `Character` that holds a comma or a quote need not be one.
    guard cell.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else {
      return cell
    }
    return cell.unicodeScalars.reduce(into: "\"") { result, scalar in
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    } + "\""
  }

  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, Double(text) == nil else { return false }
    return ["=", "+", "-", "@", "\t", "\r", "\n"].contains(first)
  }
}
