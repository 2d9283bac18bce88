import ArgumentParsing

/// `syn2real datasets`
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract: "Make an embedded data set; check or pack one of your own.",
    subcommands: [MakeDataset.self, CheckDataset.self, ShardDataset.self])
}
