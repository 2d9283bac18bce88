import ArgumentParsing
import Generalization

/// `benchmark plane`: the places of features in the plane by t-SNE, as `syn2real diagnose` draws them.
struct Plane: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Time t-SNE of features.")

  @Argument(help: "The file that peer.py wrote.")
  var workload: String

  @Option(help: "How many of its features.")
  var count = 5000

  @OptionGroup var measure: MeasureOptions

  func run() throws {
    try measure.prepare()
    let features = try Workload(workload).tensor("features").narrowed(0, 0..<count)
    try measure.report(images: count) {
      try NeighborEmbedding(of: features).points.map(\.x).max() ?? 0
    }
  }
}
