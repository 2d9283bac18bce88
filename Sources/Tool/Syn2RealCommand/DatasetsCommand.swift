import ArgumentParsing

/// `syn2real datasets`
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract: "Make the embedded data set, or look at one's own.",
    subcommands: [MakeDataset.self, CheckDataset.self])
}
