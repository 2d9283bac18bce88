import CheckoutSupport
import Foundation

/// An article of the documentation's catalogue.
struct Article {
  static let catalogue = "Documentation/Syn2Real.docc"

  /// Its name, without the extension.
  let name: String
  let text: String

  init(_ name: String) throws {
    self.name = name
    let url = Checkout.root.appendingPathComponent("\(Self.catalogue)/\(name).md")
    text = try String(contentsOf: url, encoding: .utf8)
  }

  static func all() throws -> [Article] {
    let folder = Checkout.root.appendingPathComponent(catalogue).path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".md") }.map { try Article(String($0.dropLast(3))) }
  }

  /// The numbers of its sections: `3` of `## 3. One training step`.
  var sections: Set<String> {
    Set(text.matches(of: #/(?m)^## (\d+)\. /#).map { String($0.1) })
  }

  /// The paths into the checkout that it names in code voice.
  var paths: [String] {
    text.matches(of: #/`((?:Sources|Tests|Examples|Scripts|Documentation|Recipes)(?:/[\w.+-]+)*)`/#)
      .map { String($0.1) }
  }

  /// The targets of its links that are written as in any Markdown.
  var links: [String] { text.matches(of: #/\]\(([^)]*)\)/#).map { String($0.1) } }

  /// The files that it quotes whole: a path in code voice and a colon, then the file.
  var quotes: [(path: String, content: String)] {
    text.matches(of: #/(?m)^`([^`\n]+)`:\n\n```swift\n((?s:.*?))^```$/#)
      .map { (String($0.1), String($0.2)) }
  }
}
