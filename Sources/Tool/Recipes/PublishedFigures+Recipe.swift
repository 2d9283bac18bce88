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
