import Analysis
import Datasets
import Foundation
import Recipes
import Runs
import Torch
import Training

extension Compare {
  /// Compares the systems once for each domain of a folder, which is left out and judged on.
  /// - Parameter systems: the recipes of each system, one for each seed.
  func compare(
    _ systems: [(name: String, recipes: [Recipe])], leavingOutEachOf domainsFolder: String,
    on device: Device
  ) throws {
    let domains = try DomainSets.all(in: domainsFolder)
    let parts = domains.map { domain in
      systems.map { system in
        (name: system.name, recipes: system.recipes.map { $0.leavingOut(domain, of: domains) })
      }
    }
    // What the data of the last domain lack is known before the first run.
    for part in parts {
      if let recipe = part.first?.recipes.first { _ = try Experiment(recipe, device: device) }
    }
    var comparisons: [(domain: String, comparison: Comparison)] = []
    for (number, (domain, part)) in zip(domains, parts).enumerated() {
      StandardError.write("Without \(domain.name), domain \(number + 1) of \(domains.count):")
      let folder = RunFolder("\(output)/\(domain.name)")
      let comparison = try interruptible { interruption, progress in
        try Comparison(
          part.map { ComparedSystem(name: $0.name, recipes: $0.recipes, device: device) },
          folder: folder, acceptsChangedData: acceptChangedData, observers: [progress],
          interruption: interruption,
          making: making(interruption) { name in
            try part.first { $0.name == name }.map { (try written($0, into: folder), []) }
          })
      }
      comparison.remarks.forEach(StandardError.write)
      try comparison.write(into: folder)
      try writeReport(on: comparison, into: folder, device)
      comparisons.append((domain.name, comparison))
    }
    let record = ComparisonRecord(
      runs: comparisons.flatMap(\.comparison.results),
      differences: comparisons.flatMap(\.comparison.table.differences),
      statements: comparisons.flatMap { part in
        part.comparison.table.statements.map { "Without \(part.domain): \($0)" }
      })
    let table = ComparisonTable(
      leavingOut: comparisons.map { ($0.domain, $0.comparison.systems) })
    let folder = RunFolder(output)
    try table.write(into: folder)
    try folder.write(Data(record.json().utf8), to: folder.comparison)
    print(json ? try record.json() : table.text, terminator: "")
  }

  /// Writes a recipe of a system, so that other processes can read what the domains have changed in it; while no other command
  /// has the folder.
  /// - Returns: the file.
  private func written(
    _ system: (name: String, recipes: [Recipe]), into folder: RunFolder
  ) throws -> String {
    let file = "\(folder.path)/\(system.name).yaml"
    if let recipe = system.recipes.first {
      try folder.write(Data(recipe.text().utf8), to: file)
    }
    return file
  }
}
