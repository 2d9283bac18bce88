/// A command at its place in the tree of subcommands.
package struct CommandNode: Sendable {
  let type: any ParsableCommand.Type
  /// The names typed to reach the command, beginning with the tool's name.
  let path: [String]
  /// The command's own version, or the one inherited.
  let version: String

  /// The command at the tree's root.
  package init(root type: any ParsableCommand.Type) {
    self.init(type: type, path: [type.commandName], version: type.configuration.version)
  }

  private init(type: any ParsableCommand.Type, path: [String], version: String) {
    self.type = type
    self.path = path
    self.version = version
  }

  var configuration: CommandConfiguration { type.configuration }

  var name: String { path.joined(separator: " ") }

  var subcommands: [CommandNode] { configuration.subcommands.map(child) }

  var defaultSubcommand: CommandNode? { configuration.defaultSubcommand.map(child) }

  /// Descriptions of all arguments, the built-in ones last.
  var arguments: [ArgumentDescription] {
    type.init().bindings.map(\.description) + builtInArguments
  }

  private func child(_ type: any ParsableCommand.Type) -> CommandNode {
    let ownVersion = type.configuration.version
    return CommandNode(
      type: type, path: path + [type.commandName],
      version: ownVersion.isEmpty ? version : ownVersion)
  }
}

extension CommandNode {
  /// The names that ask for help; a command may use `-h` for something else.
  var helpNames: [String] { freeNames(among: ["-h", "--help"]) }

  /// The names that ask for the version.
  var versionNames: [String] { version.isEmpty ? [] : freeNames(among: ["--version"]) }

  private var builtInArguments: [ArgumentDescription] {
    var arguments = [ArgumentDescription]()
    if !versionNames.isEmpty {
      arguments.append(
        ArgumentDescription(kind: .flag, names: versionNames, abstract: "Show the version."))
    }
    if !helpNames.isEmpty {
      arguments.append(
        ArgumentDescription(kind: .flag, names: helpNames, abstract: "Show help information."))
    }
    return arguments
  }

  private func freeNames(among names: [String]) -> [String] {
    let taken = Set(type.init().bindings.flatMap(\.description.names))
    return names.filter { !taken.contains($0) }
  }
}
