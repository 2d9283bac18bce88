/// HTML that is safe by construction: a text that is put into it is escaped, HTML is not.
struct HTML: Equatable, ExpressibleByStringInterpolation {
  /// The markup.
  let source: String

  init(stringLiteral source: String) { self.source = source }
  init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

  /// Markup that is part of the program, such as its style; nothing that comes from a file of a run.
  init(ofProgram source: String) { self.source = source }

  static func + (first: HTML, second: HTML) -> HTML { "\(first)\(second)" }

  struct StringInterpolation: StringInterpolationProtocol {
    var source = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(2 * literalCapacity)
    }

    mutating func appendLiteral(_ literal: String) { source += literal }
    mutating func appendInterpolation(_ text: String) { source += text.escaped }
    mutating func appendInterpolation(_ number: Int) { source += String(number) }
    mutating func appendInterpolation(_ html: HTML) { source += html.source }
    mutating func appendInterpolation(_ html: HTML?) { source += html?.source ?? "" }
    mutating func appendInterpolation(_ parts: [HTML]) {
      source += parts.lazy.map(\.source).joined(separator: "\n")
    }
  }
}
