import Foundation
import Messages

/// Words and numbers as gnuplot reads them.
enum PlotText {
  /// A string that holds nothing but itself.
  ///
  /// Only bytes that mean nothing to gnuplot stand there as they are; all others are octal escapes. What quotes,
  /// backquotes and macros a name brings therefore never reaches the script.
  static func quoted(_ text: String) -> String {
    var result = ""
    var isAfterEscape = false
    for byte in text.visible.utf8 {
      // gnuplot takes every digit that follows an escape for a part of it.
      let isEscaped = !harmless.contains(byte) || isAfterEscape && digits.contains(byte)
      result += isEscaped ? String(format: "\\%03o", Int(byte)) : String(UnicodeScalar(byte))
      isAfterEscape = isEscaped
    }
    return "\"" + result + "\""
  }

  private static let digits = Set("0123456789".utf8)
  private static let harmless = digits.union(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,:=()-".utf8)

  /// A named block of data; the numbers of a row stand side by side.
  static func block(_ name: String, _ rows: some Sequence<[Double]>) -> [String] {
    ["$\(name) << EOD"] + rows.map { $0.map(number).joined(separator: " ") } + ["EOD"]
  }

  static func number(_ value: Double) -> String { String(format: "%.6g", value) }

  /// Words in lines of at most `width` units, set in a font of `size` whose characters are about two thirds as wide, which
  /// few fonts surpass.
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
