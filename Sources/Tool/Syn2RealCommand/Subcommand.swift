import ArgumentParsing

/// A subcommand, whose errors are told with what can be done about them.
protocol Subcommand: ParsableCommand {
  /// What it does.
  func perform() throws
}

extension Subcommand {
  /// Performs it; errors of the libraries are given the command's advice.
  func run() throws {
    do {
      try perform()
    } catch {
      throw Advice.added(to: error)
    }
  }
}
