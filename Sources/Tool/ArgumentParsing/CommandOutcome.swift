import Foundation
import Messages

/// The result of a command: what to print, and the exit code.
package struct CommandOutcome: Equatable, Sendable {
  package var standardOutput: String
  package var standardError: String
  package var exitCode: ExitCode

  package init(
    standardOutput: String = "", standardError: String = "", exitCode: ExitCode = .success
  ) {
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.exitCode = exitCode
  }
}

extension CommandOutcome {
  init(_ error: UsageError) {
    self.init(standardError: error.description, exitCode: .validationFailure)
  }

  /// The outcome of an error thrown while the command ran.
  init(_ error: any Error, from node: CommandNode) {
    switch error {
    case let code as ExitCode:
      self.init(exitCode: code)
    case is HelpRequest:
      self.init(standardOutput: HelpText(for: node).description)
    case let error as ValidationError:
      self.init(UsageError(error.message, in: node))
    default:
      self.init(
        standardError: "Error: \(sentence(describing: error).visible)\n", exitCode: .failure)
    }
  }
}

/// The text of an error for people to read.
func sentence(describing error: any Error) -> String {
  (error as? any LocalizedError)?.errorDescription ?? String(describing: error)
}
