import Messages
import Settings
import YAML

extension RecipeProposal {
  /// The recipe as a YAML file whose comments say why.
  /// - Throws: `YAMLError` for a name that cannot be written.
  public func text() throws -> String {
    var lines = [
      "# A recipe for data of one's own, proposed from a look at them. Every value may be changed; keys that are not here",
      "# have their defaults, which 'recipe' lists.",
    ]
    if isSegmentation { lines.append("task: segmentation") }
    lines += [
      "# Another seed gives another run; several show how much the figures vary.", "seed: 0",
    ]
    for section in ["data", "model", "method", "optimizer", "schedule", "train", "evaluate"] {
      lines.append("\(section):")
      for choice in choices where choice.section == section {
        lines += Self.comment(
          choice.value == nil ? "\(choice.key): \(choice.reason)" : choice.reason)
        guard let value = choice.value else { continue }
        let written = try YAMLValue.mapping([.init(key: choice.key, value: value)]).text()
        lines += written.split(separator: "\n").map { "  \($0)" }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// What was chosen and why, a line each.
  public var summary: String {
    let names = choices.map { "\($0.section).\($0.key)" }
    let width = names.map(\.count).max() ?? 0
    return zip(names, choices).map { name, choice in
      let pad = String(repeating: " ", count: width - name.count)
      let value = choice.value.map { "\($0): " } ?? ""
      return "\(name)\(pad)  \(value)\(choice.reason)".visible + "\n"
    }.joined()
  }

  /// A text as comments of at most 100 columns.
  private static func comment(_ text: String) -> [String] {
    var lines: [String] = []
    for word in text.visible.split(separator: " ") {
      if let last = lines.last, last.count + word.count < 96 {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append("  # " + word)
      }
    }
    return lines
  }
}
