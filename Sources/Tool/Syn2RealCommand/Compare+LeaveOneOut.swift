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
      let recipes = try parallel.jobs > 1 ? written(part, into: folder) : [:]
      let comparison = try interruptible { interruption, progress in
        try Comparison(
          part.map { ComparedSystem(name: $0.name, recipes: $0.recipes, device: device) },
          folder: folder, acceptsChangedData: acceptChangedData, observers: [progress],
          interruption: interruption, making: making(interruption) { recipes[$0].map { ($0, []) } })
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

  /// Writes a recipe of each system, so that other processes can read what the domains have changed in it.
  /// - Returns: the files by the names of the systems.
  private func written(
    _ systems: [(name: String, recipes: [Recipe])], into folder: RunFolder
  ) throws -> [String: String] {
    try folder.createAlone()
    return try systems.reduce(into: [:]) { files, system in
      guard let recipe = system.recipes.first else { return }
      let file = "\(folder.path)/\(system.name).yaml"
      try folder.write(Data(recipe.text().utf8), to: file)
      files[system.name] = file
    }
  }
}
