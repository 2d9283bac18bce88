import Foundation

/// A Swift file, separated into code and the texts of its literals, without comments.
struct SwiftSource {
  /// A piece of a string literal that has no interpolation in it.
  struct Literal: Equatable {
    /// The line it begins in, from 1.
    let line: Int
    let text: String
  }

  /// The file without comments; of its literals only the quotation marks are left.
  var code: String { String(decoding: codeBytes, as: UTF8.self) }
  /// The literals' texts, in order; on both sides of an interpolation there is one.
  private(set) var literals: [Literal] = []

  // Bytes, since nothing that is looked for here is more than ASCII, and they are read fast.
  private var codeBytes: [UInt8] = []
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ text: String) {
    bytes = Array(text.utf8)
    while position < bytes.count { readCode() }
  }

  init(contentsOf file: URL) throws {
    self.init(try String(contentsOf: file, encoding: .utf8))
  }

  /// The modules that the file imports.
  var imports: [String] {
    code.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ").drop { word in
        word.hasPrefix("@") || ["public", "package", "internal", "private"].contains(word)
      }
      guard words.first == "import", let last = words.last else { return nil }
      return last.split(separator: ".").first.map(String.init)
    }
  }

  private func isAt(_ text: StaticString) -> Bool {
    position + text.utf8CodeUnitCount <= bytes.count
      && (0..<text.utf8CodeUnitCount).allSatisfy { bytes[position + $0] == text.utf8Start[$0] }
  }

  private func isAt(_ text: [UInt8]) -> Bool { bytes[position...].starts(with: text) }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
  }

  /// Reads one byte of code, or a comment, or a literal.
  private mutating func readCode() {
    if isAt("//") {
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { advance() }
    } else if isAt("/*") {
      readComment()
    } else if isAt("\"") || isAt(fences + [UInt8(ascii: "\"")]) {
      readLiteral()
    } else {
      codeBytes.append(bytes[position])
      advance()
    }
  }

  /// The number signs at hand, which a raw literal begins and ends with.
  private var fences: [UInt8] { Array(bytes[position...].prefix { $0 == UInt8(ascii: "#") }) }

  private mutating func readComment() {
    var depth = 0
    repeat {
      let (isStart, isEnd) = (isAt("/*"), isAt("*/"))
      depth += isStart ? 1 : isEnd ? -1 : 0
      advance(isStart || isEnd ? 2 : 1)
    } while depth > 0 && position < bytes.count
  }

  private mutating func readLiteral() {
    let fences = fences
    advance(fences.count)
    let quote = [UInt8](repeating: UInt8(ascii: "\""), count: isAt("\"\"\"") ? 3 : 1)
    let escape = [UInt8(ascii: "\\")] + fences
    advance(quote.count)
    codeBytes += Array("\"\"".utf8)
    var start = line
    var text: [UInt8] = []
    func literal() -> Literal {
      Literal(line: start, text: String(decoding: text, as: UTF8.self))
    }
    while position < bytes.count, !isAt(quote + fences) {
      if isAt(escape + [UInt8(ascii: "(")]) {
        literals.append(literal())
        advance(escape.count)
        readInterpolation()
        (text, start) = ([], line)
      } else {
        let count = isAt(escape) ? escape.count + 1 : 1
        text += bytes[position...].prefix(count)
        advance(count)
      }
    }
    literals.append(literal())
    advance(quote.count + fences.count)
  }

  /// Reads code up to the bracket that closes the one at hand.
  private mutating func readInterpolation() {
    var depth = 0
    repeat {
      if isAt("(") { depth += 1 }
      if isAt(")") { depth -= 1 }
      readCode()
    } while depth > 0 && position < bytes.count
  }
}
