import Analysis
import Generalization
import Registry
import YAML

extension PublishedFigures {
  init(_ mapping: YAMLMapping, _ registry: Registry) throws {
    var mapping = mapping
    let source = try mapping.string("source")
    let dataset = try mapping.string("dataset")
    var entries = try mapping.mapping("methods")
    var methods: [String: Entry] = [:]
    for name in registry.methodNames {
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
    self.init(source: source, dataset: dataset, methods: methods)
  }
}

extension RecipeReference {
  /// The keys of `published`, as they are read above.
  static let published: [Entry] = [
    Entry(
      section: "published", key: "source", type: "text", defaults: [mustBeGiven], range: "",
      help: "Where the figures are published."),
    Entry(
      section: "published", key: "dataset", type: "text", defaults: [mustBeGiven], range: "",
      help: "The set of `data.real` that they are of."),
    Entry(
      section: "published", key: "methods.NAME.mean_class_accuracy", type: "number",
      defaults: ["none"], range: "between 0 and 100", help: "Of images, in %."),
    Entry(
      section: "published", key: "methods.NAME.miou", type: "number", defaults: ["none"],
      range: "between 0 and 100", help: "Of pixels, in %."),
    Entry(
      section: "published", key: "methods.NAME.hse", type: "numbers", defaults: ["none"], range: "",
      help: "The energies of the powers 0, 1 and 2, as many as are given."),
  ]
}
