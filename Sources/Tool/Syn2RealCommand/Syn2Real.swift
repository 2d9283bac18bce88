import ArgumentParsing
import Foundation
import Registry

/// The entry point of the command, for executables.
///
/// An executable with your own methods and backbones takes a few lines:
/// ```swift
/// import Syn2RealCommand
/// import Registry
///
/// Syn2Real.main(
///   name: "my-syn2real", registry: .standard.adding(method: PenaltyConfiguration.self))
/// ```
/// Recipes, `compare`, checkpoints, `methods`, `models`, help and completions know what the registry contains.
public enum Syn2Real {
  /// Reads the process's arguments, runs the subcommand they name, and exits with its exit code.
  /// - Parameters:
  ///   - name: the executable's name, for help and completions.
  ///   - registry: the methods and backbones that recipes can name.
  public static func main(name: String = "syn2real", registry: Registry = .standard) {
    StandardStreams.secure()
    #if canImport(Glibc)
      // Handlers run last to first, so that this ends the process before libtorch's destructors, which were registered when it was
      // loaded and take a quarter of the time of a command that only prints.
      on_exit(
        { status, _ in
          fflush(nil)
          _exit(status)
        }, nil)
    #endif
    CommandContext.$current.withValue(CommandContext(name: name, registry: registry)) {
      RootCommand.main()
    }
  }
}
