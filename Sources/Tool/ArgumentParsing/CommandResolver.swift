import Messages

/// Finds the command that arguments name, and what it should do.
enum CommandResolver {
  /// What the arguments ask for.
  enum Request {
    case run(any ParsableCommand, CommandNode)
    case show(String)
  }

  static func resolve(_ arguments: [String], as node: CommandNode) throws(UsageError) -> Request {
    let subcommands = node.subcommands
    if let name = arguments.first, !subcommands.isEmpty {
      if name == "help" { return try help(about: arguments.dropFirst(), in: node) }
      if let subcommand = subcommands.first(where: { $0.type.commandName == name }) {
        return try resolve(Array(arguments.dropFirst()), as: subcommand)
      }
    }
    if let text = try builtInText(for: arguments, in: node) { return .show(text) }
    if let defaultSubcommand = node.defaultSubcommand {
      return try resolve(arguments, as: defaultSubcommand)
    }
    if !subcommands.isEmpty, let name = arguments.first, !name.hasPrefix("-"),
      !node.arguments.contains(where: { $0.kind == .positional })
    {
      throw UsageError(unknownSubcommand: name, in: node)
    }
    return .run(try command(from: arguments, in: node), node)
  }

  private static func command(
    from arguments: [String], in node: CommandNode
  ) throws(UsageError) -> any ParsableCommand {
    var command = node.type.init()
    do throws(ParseError) {
      var reader = ArgumentReader(
        command.bindings, arguments: arguments, builtInNames: node.helpNames + node.versionNames)
      try reader.read()
    } catch {
      throw UsageError(error, in: node)
    }
    do {
      for (_, declaration) in command.declarations { try declaration.validate() }
      try command.validate()
    } catch {
      throw UsageError(sentence(describing: error), in: node)
    }
    return command
  }

  private static func help(
    about names: ArraySlice<String>, in node: CommandNode
  ) throws(UsageError) -> Request {
    var node = node
    for name in names where !node.helpNames.contains(name) {
      guard let subcommand = node.subcommands.first(where: { $0.type.commandName == name }) else {
        throw UsageError(unknownSubcommand: name, in: node)
      }
      node = subcommand
    }
    return .show(HelpText(for: node).description)
  }

  private static func builtInText(
    for arguments: [String], in node: CommandNode
  ) throws(UsageError) -> String? {
    let options = arguments.prefix { $0 != "--" }
    if options.contains(where: node.helpNames.contains) {
      let others = options.filter { !node.helpNames.contains($0) }
      return node.type.help(about: others) ?? HelpText(for: node).description
    }
    if options.contains(where: node.versionNames.contains) { return node.version + "\n" }
    guard node.path.count == 1, let first = options.first else { return nil }
    let option = "--generate-completion-script"
    guard first == option || first.hasPrefix(option + "=") else { return nil }
    let joined = first == option ? nil : String(first.dropFirst(option.count + 1))
    let label = "\(option) <shell>"
    guard let name = joined ?? options.dropFirst().first else {
      throw UsageError(.missingValue(ArgumentMention(label)), in: node)
    }
    guard let shell = CompletionShell(rawValue: name) else {
      let shells = CompletionShell.allCases.map(\.rawValue)
      throw UsageError(.invalidValue(name, ArgumentMention(label, allowedValues: shells)), in: node)
    }
    return shell.script(for: node)
  }
}

extension UsageError {
  fileprivate init(unknownSubcommand name: String, in node: CommandNode) {
    let known = node.subcommands.map { $0.type.commandName }
    self.init(.unknownSubcommand(name, nearest: nearestName(to: name, among: known)), in: node)
  }
}
