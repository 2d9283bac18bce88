import CheckoutSupport
import Foundation
import Testing

/// The documentation speaks of what is there; links between articles and to declarations are checked where it is built.
@Suite struct DocumentationTests {
  @Test func everyPathOfAnArticleIsThere() throws {
    let articles = try Article.all()
    #expect(articles.contains { !$0.paths.isEmpty })
    for article in articles {
      for path in article.paths { #expect(isThere(path), "\(article.name) names \(path)") }
    }
  }

  /// Others would not be found in the built documentation.
  @Test func linksOfMarkdownLeadOutside() throws {
    for article in try Article.all() {
      for link in article.links { #expect(link.hasPrefix("https://"), "\(article.name): \(link)") }
    }
  }

  @Test(arguments: [("OwnData", 3), ("OwnMethod", 2), ("OwnBackbone", 1)])
  func quotedProgramsAreThoseThatAreTested(name: String, count: Int) throws {
    let quotes = try Article(name).quotes
    #expect(quotes.count == count)
    for (path, content) in quotes {
      let url = Checkout.root.appendingPathComponent(path)
      #expect(try String(contentsOf: url, encoding: .utf8) == content, "\(name) quotes \(path)")
    }
  }

  @Test func whatCommentsCiteIsThere() throws {
    let sections = try Article("Algorithm").sections
    var citations = 0
    for file in Checkout.swiftFiles(below: "Sources") {
      let url = Checkout.root.appendingPathComponent(file)
      for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
        guard let comment = line.firstRange(of: "//").map({ line[$0.upperBound...] }) else {
          continue
        }
        for match in comment.matches(of: #/([\w-]+\.md)(?: (§\d+(?:, §\d+)*))?/#) {
          citations += 1
          let name = String(match.1)
          #expect(isThere(name) || isThere("\(Article.catalogue)/\(name)"), "\(file) cites \(name)")
          for section in (match.2 ?? "").matches(of: #/\d+/#) {
            #expect(sections.contains(String(section.0)), "\(file) cites §\(section.0)")
          }
        }
      }
    }
    #expect(citations > 20)
  }

  private func isThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: Checkout.root.appendingPathComponent(path).path)
  }
}
