import CheckoutSupport
import Foundation
import Inference

/// What the recipe reference, an article of the documentation, says of a key.
struct ReferenceRow {
  /// The section of the recipe.
  let section: String
  /// The method, in the section of methods.
  let method: String
  let key: String
  /// The default in either task; one stands for both.
  let defaults: [String]

  func standard(_ task: TaskName) -> String? {
    task == .classification ? defaults.first : defaults.last
  }

  /// Every row of the article's tables; a row of two keys counts as two.
  static func all() throws -> [ReferenceRow] {
    let path = Checkout.root
      .appendingPathComponent("Documentation/Syn2Real.docc/RecipeReference.md")
    var rows: [ReferenceRow] = []
    var (section, method) = ("", "")
    for line in try String(contentsOf: path, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
      guard line.hasPrefix("| ") else { continue }
      var cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
        .map { $0.trimmingCharacters(in: .whitespaces) }
      if section == "method" {
        let name = plain(cells.removeFirst())
        if !name.isEmpty { method = name }
      }
      let keys = cells[0].matches(of: #/`([^`]+)`/#).map { String($0.1) }
      let texts = cells[2].split(separator: ";").map { plain(String($0)) }
      for (place, key) in keys.enumerated() {
        let defaults = texts.map { text in
          keys.count > 1 ? text.components(separatedBy: ", ")[min(place, keys.count - 1)] : text
        }
        rows.append(.init(section: section, method: method, key: key, defaults: defaults))
      }
    }
    return rows
  }

  private static func plain(_ text: String) -> String {
    text.replacing("`", with: "").trimmingCharacters(in: .whitespaces)
  }
}
