/// A command's help, wrapped to 80 columns.
struct HelpText: CustomStringConvertible {
  private static let width = 80
  private static let abstractColumn = 26

  private let node: CommandNode

  init(for node: CommandNode) { self.node = node }

  var description: String {
    sections.joined(separator: "\n\n") + "\n"
  }

  /// The command with its arguments, as one line without a heading.
  static func usage(of node: CommandNode) -> String {
    usageParts(of: node).joined(separator: " ")
  }

  private static func usageParts(of node: CommandNode) -> [String] {
    let arguments = node.type.init().bindings.map(\.description)
    let options = arguments.filter { $0.kind != .positional }
    let shown = options.count > 12 ? arguments.filter { $0.kind == .positional } : arguments
    var parts = [node.name]
    if options.count > 12 { parts.append("<options>") }
    parts += shown.map(\.synopsis)
    if !node.subcommands.isEmpty { parts.append("<subcommand>") }
    return parts
  }

  private var sections: [String] {
    let configuration = node.configuration
    var sections = [String]()
    if !configuration.abstract.isEmpty {
      sections.append(wrapped("OVERVIEW: " + configuration.abstract))
    }
    if !configuration.discussion.isEmpty { sections.append(wrapped(configuration.discussion)) }
    sections.append(Self.wrapped(["USAGE:"] + Self.usageParts(of: node), indentation: 7))
    let arguments = node.arguments
    let positionals = arguments.filter { $0.kind == .positional }
    let options = arguments.filter { $0.kind != .positional }
    sections += table("ARGUMENTS", positionals.map { ($0.helpLabel, $0.helpText) })
    sections += table("OPTIONS", options.map { ($0.helpLabel, $0.helpText) })
    let subcommands = node.subcommands.map { subcommand in
      let isDefault = subcommand.path == node.defaultSubcommand?.path
      return (
        subcommand.type.commandName + (isDefault ? " (default)" : ""),
        subcommand.configuration.abstract
      )
    }
    sections += table("SUBCOMMANDS", subcommands)
    if !subcommands.isEmpty, let root = node.path.first {
      let path = ([root, "help"] + node.path.dropFirst()).joined(separator: " ")
      sections.append("  See '\(path) <subcommand>' for detailed help.")
    }
    return sections
  }

  /// A section with a title, or no section where there are no rows.
  private func table(_ title: String, _ rows: [(label: String, text: String)]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let lines = rows.map { label, text in
      let indented = "  " + label
      guard !text.isEmpty else { return indented }
      // The label is treated as a first word as wide as its column, or has its own line.
      let margin = String(repeating: " ", count: Self.abstractColumn - 1)
      let words = text.split(separator: " ").map(String.init)
      guard indented.count < Self.abstractColumn else {
        return indented + "\n" + Self.wrapped([margin] + words, indentation: Self.abstractColumn)
      }
      let label = indented + margin.dropFirst(indented.count)
      return Self.wrapped([label] + words, indentation: Self.abstractColumn)
    }
    return [([title + ":"] + lines).joined(separator: "\n")]
  }

  /// The text with its lines broken at spaces, except indented lines such as examples.
  private func wrapped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        guard !line.hasPrefix(" ") else { return String(line) }
        return Self.wrapped(line.split(separator: " ").map(String.init))
      }
      .joined(separator: "\n")
  }

  /// The words in lines; all lines except the first are indented.
  private static func wrapped(_ words: [String], indentation: Int = 0) -> String {
    var lines = [String]()
    var current = ""
    for word in words {
      if !current.isEmpty, current.count + 1 + word.count > width {
        lines.append(current)
        current = String(repeating: " ", count: indentation) + word
      } else {
        current += current.isEmpty ? word : " " + word
      }
    }
    return (lines + [current]).joined(separator: "\n")
  }
}
