import Messages

/// A usage error as printed: the error, the argument's help, the usage, and where to read more.
struct UsageError: Error, CustomStringConvertible {
  let message: String
  private let help: String?
  private let command: String
  private let usage: String
  private let hasHelp: Bool

  init(_ error: ParseError, in node: CommandNode) {
    self.init(error.message, help: error.help, in: node)
  }

  init(_ message: String, help: String? = nil, in node: CommandNode) {
    self.message = message
    self.help = help
    command = node.name
    usage = HelpText.usage(of: node)
    hasHelp = node.helpNames.contains("--help")
  }

  var description: String {
    var text = "Error: \(message.visible)\n"
    if let help { text += "Help:  \(help)\n" }
    text += "Usage: \(usage)\n"
    if hasHelp { text += "  See '\(command) --help' for more information.\n" }
    return text
  }
}
