/// A subcommand that runs in a process of its own.
struct Job: Sendable {
  /// What its lines of progress are shown under.
  let name: String
  /// Its arguments, the subcommand first.
  let arguments: [String]
}
