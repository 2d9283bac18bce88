import ArgumentParsing
import Registry

/// The command, which an executable runs.
///
/// One with methods and backbones of one's own is an executable of a few lines:
/// ```swift
/// import Syn2RealCommand
/// import Registry
///
/// Syn2Real.main(
///   name: "my-syn2real", registry: .standard.adding(method: PenaltyConfiguration.self))
/// ```
/// Recipes, `compare`, checkpoints, `methods`, `models`, help and completions know what the registry adds.
public enum Syn2Real {
  /// Reads the process's arguments, runs the subcommand they name, and exits with its exit code.
  /// - Parameters:
  ///   - name: the executable's name, for help and completions.
  ///   - registry: the methods and backbones that recipes can name.
  public static func main(name: String = "syn2real", registry: Registry = .standard) {
    StandardStreams.secure()
    CommandContext.$current.withValue(CommandContext(name: name, registry: registry)) {
      RootCommand.main()
    }
  }
}
