import Foundation

extension ParsableCommand {
  /// Reads the process's arguments, runs the command they name, and exits with its exit code.
  public static func main() {
    var outcome = outcome(of: Array(CommandLine.arguments.dropFirst()))
    do throws(PrintedOutput.Loss) {
      try PrintedOutput.write(outcome.standardOutput)
    } catch {
      // A command that has failed has said why; a reader that has seen enough misses nothing.
      if outcome.exitCode == .success, !error.isUnread {
        outcome = CommandOutcome(standardError: "Error: \(error)\n", exitCode: .failure)
      }
    }
    // If standard error is closed, an error cannot be reported either.
    try? FileHandle.standardError.write(contentsOf: Data(outcome.standardError.utf8))
    exit(outcome.exitCode.rawValue)
  }

  /// Reads this command from arguments, without running it.
  ///
  /// - Throws: ``ValidationError`` with the message that a user would have seen, even if help was requested or a
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

  /// Runs the command that the arguments name and returns what should be printed, and the exit code.
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
