import ArgumentParsing
import Backbones

extension Precision: ArgumentValue {}
extension Precision: ExpressibleByArgument {
  /// The help of an option of the commands that judge.
  static let judgingHelp = ArgumentHelp(
    "The arithmetic of the backbone, instead of the recipe's; bf16 is meant for CUDA devices.")
}
