import Foundation
import Messages

/// Words and numbers as gnuplot reads them.
enum PlotText {
  /// A quoted string in which no character has a special meaning.
  ///
  /// Only bytes without a meaning for gnuplot are written as they are; all others become octal escapes. Quotes, backquotes
  /// and macros in a name therefore never reach the script.
  static func quoted(_ text: String) -> String {
    var result = ""
    var isAfterEscape = false
    for byte in text.visible.utf8 {
      // gnuplot reads every digit that follows an escape as part of it.
      let isEscaped = !harmless.contains(byte) || isAfterEscape && digits.contains(byte)
      result += isEscaped ? String(format: "\\%03o", Int(byte)) : String(UnicodeScalar(byte))
      isAfterEscape = isEscaped
    }
    return "\"" + result + "\""
  }

  private static let digits = Set("0123456789".utf8)
  private static let harmless = digits.union(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,:=()-".utf8)

  /// A named block of data, with the numbers of a row side by side.
  static func block(_ name: String, _ rows: some Sequence<[Double]>) -> [String] {
    ["$\(name) << EOD"] + rows.map { $0.map(number).joined(separator: " ") } + ["EOD"]
  }

  static func number(_ value: Double) -> String { String(format: "%.6g", value) }

  /// Breaks a text into lines of at most `width` units in a font of `size`, assuming characters two thirds as wide as `size`;
  /// few fonts are wider.
  static func wrapped(_ text: String, width: Int, size: Int) -> [String] {
    let limit = max(20, Int(Double(width) / (Double(size) * 0.68)))
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= limit {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
