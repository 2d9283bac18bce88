/// A command's name, help and subcommands.
public struct CommandConfiguration: Sendable {
  /// The name typed on the command line; the type's name in kebab case where `nil`.
  public var commandName: String?
  /// One line that says what the command does.
  public var abstract: String
  /// Further paragraphs for the command's own help.
  public var discussion: String
  /// What `--version` prints; subcommands without a version inherit it.
  public var version: String
  /// The commands grouped under this one.
  public var subcommands: [any ParsableCommand.Type]
  /// The subcommand that runs if none is named.
  public var defaultSubcommand: (any ParsableCommand.Type)?

  /// Creates a configuration.
  public init(
    commandName: String? = nil,
    abstract: String = "",
    discussion: String = "",
    version: String = "",
    subcommands: [any ParsableCommand.Type] = [],
    defaultSubcommand: (any ParsableCommand.Type)? = nil
  ) {
    self.commandName = commandName
    self.abstract = abstract
    self.discussion = discussion
    self.version = version
    self.subcommands = subcommands
    self.defaultSubcommand = defaultSubcommand
  }
}
