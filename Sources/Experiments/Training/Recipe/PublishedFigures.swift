import Generalization
import YAML

/// `published`: what a paper reports of an experiment, to stand beside one's own figures.
public struct PublishedFigures: Sendable, Equatable {
  /// The figures of one method, in the units of the table.
  public struct Entry: Sendable, Equatable {
    /// `mean_class_accuracy` or `miou`, in %.
    public let headline: Double?
    /// `hse`: the energies of the powers in their order, as many as are given.
    public let energies: [HypersphericalEnergy.Power: Double]
  }

  /// `source`: where they are published.
  public let source: String
  /// `dataset`: the real set that they are of, a member of `data.real`.
  public let dataset: String
  /// `methods`: the figures by the names of the methods.
  public let methods: [String: Entry]

  init(_ mapping: YAMLMapping) throws {
    var mapping = mapping
    source = try mapping.string("source")
    dataset = try mapping.string("dataset")
    var entries = try mapping.mapping("methods")
    var methods: [String: Entry] = [:]
    for name in MethodRecipe.Name.allCases.map(\.rawValue) {
      guard var entry = try entries.optionalMapping(name) else { continue }
      let accuracy = try entry.optionalDouble("mean_class_accuracy", in: 0...100)
      let meanIoU = try entry.optionalDouble("miou", in: 0...100)
      let energies = try zip(
        HypersphericalEnergy.Power.allCases, entry.doubles("hse", default: []))
      methods[name] = Entry(
        headline: meanIoU ?? accuracy, energies: Dictionary(uniqueKeysWithValues: energies))
      try entry.finish()
    }
    try entries.finish()
    try mapping.finish()
    self.methods = methods
  }
}
