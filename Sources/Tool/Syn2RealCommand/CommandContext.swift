import Registry

/// What the executable passes to the command.
///
/// Subcommands are created from their types alone, so they find it here and not in their initialisers.
struct CommandContext: Sendable {
  /// The executable's name.
  let name: String
  /// The methods and backbones that recipes can name.
  let registry: Registry

  /// The context of the running command.
  @TaskLocal static var current = CommandContext(name: "syn2real", registry: .standard)
}
