import Registry

/// What the executable has put into the command.
///
/// Subcommands are made by their types alone, so that they find it here and not in their initialisers.
struct CommandContext: Sendable {
  /// The executable's name.
  let name: String
  /// The methods and backbones that recipes can name.
  let registry: Registry

  /// That of the running command.
  @TaskLocal static var current = CommandContext(name: "syn2real", registry: .standard)
}
