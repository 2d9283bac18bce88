import ArgumentParsing
import Runs

/// The command with its subcommands.
struct RootCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: CommandContext.current.name,
      abstract: "Train on synthetic images, work on real ones.",
      discussion: """
        Trains image classifiers and segmenters on synthetic images so that they work on real photographs never seen in training, by \
        Contrastive Syn-to-Real Generalization (Chen et al., ICLR 2021) and the systems it is compared with.
        """,
      version: Version.current,
      subcommands: [
        Demo.self, Initialize.self, Train.self, Evaluate.self, Predict.self, Attend.self,
        Diagnose.self, Compare.self, SweepCommand.self, Report.self, RecipeKeys.self, Methods.self,
        Models.self, ZeroShot.self, ExportNetwork.self, Convert.self,
        DatasetsCommand.self,
      ])
  }
}
