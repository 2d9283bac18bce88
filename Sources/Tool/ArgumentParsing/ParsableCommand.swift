/// A command, or a subcommand of one.
public protocol ParsableCommand: ParsableArguments {
  /// The command's name, help and subcommands.
  static var configuration: CommandConfiguration { get }

  /// The help on what stands beside `--help`, such as a name; nil for the help of the command itself.
  static func help(about arguments: [String]) -> String?

  /// Does the command's work; called once its arguments are read and valid.
  ///
  /// - Throws: ``ExitCode`` to end without a message, ``ValidationError`` for a usage error, anything else for a failure.
  mutating func run() throws
}

extension ParsableCommand {
  /// No help, no subcommands, and the type's own name.
  public static var configuration: CommandConfiguration { CommandConfiguration() }

  /// The command's own help, whatever stands beside the option.
  public static func help(about arguments: [String]) -> String? { nil }

  /// Prints the command's help: what a command that only groups subcommands does.
  public mutating func run() throws { throw HelpRequest() }

  /// The name typed on the command line: the configured one, or the type's in kebab case.
  package static var commandName: String {
    configuration.commandName ?? String(describing: Self.self).kebabCased
  }
}

/// Thrown by a command that has nothing to run.
struct HelpRequest: Error {}
