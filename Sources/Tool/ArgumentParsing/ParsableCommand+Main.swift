import Foundation

extension ParsableCommand {
  /// Reads the process's arguments, runs the command they name, and exits with its exit code.
  public static func main() {
    let outcome = outcome(of: Array(CommandLine.arguments.dropFirst()))
    // Where nobody reads, there is nobody to tell.
    try? FileHandle.standardOutput.write(contentsOf: Data(outcome.standardOutput.utf8))
    try? FileHandle.standardError.write(contentsOf: Data(outcome.standardError.utf8))
    exit(outcome.exitCode.rawValue)
  }

  /// Reads this command from arguments, without running it.
  ///
  /// - Throws: ``ValidationError`` with the message a user would have seen, also where help was asked for or a
  ///   subcommand was named.
  public static func parse(_ arguments: [String]) throws -> Self {
    do throws(UsageError) {
      let request = try CommandResolver.resolve(arguments, as: CommandNode(root: Self.self))
      if case .run(let command as Self, _) = request { return command }
    } catch {
      throw ValidationError(error.message)
    }
    throw ValidationError("The arguments do not run '\(commandName)'")
  }

  /// Runs the command that the arguments name and says what is to be printed, and the exit code.
  package static func outcome(of arguments: [String]) -> CommandOutcome {
    do throws(UsageError) {
      switch try CommandResolver.resolve(arguments, as: CommandNode(root: Self.self)) {
      case .show(let text):
        return CommandOutcome(standardOutput: text)
      case .run(var command, let node):
        do {
          try command.run()
          return CommandOutcome()
        } catch {
          return CommandOutcome(error, from: node)
        }
      }
    } catch {
      return CommandOutcome(error)
    }
  }
}
