import ArgumentParsing
import Generalization

/// `benchmark energy`: the hyperspherical energy of many features, as an evaluation computes it.
struct Energy: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Time the energy of features.")

  @Argument(help: "The file that peer.py wrote.")
  var workload: String

  @OptionGroup var measure: MeasureOptions

  func run() throws {
    try measure.prepare()
    let features = try Workload(workload).tensor("features")
    try measure.report(images: features.shape[0]) {
      try HypersphericalEnergy(of: features)[.zero]
    }
  }
}
