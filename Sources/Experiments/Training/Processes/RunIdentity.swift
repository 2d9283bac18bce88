import Datasets
import Foundation
import Runs
import Torch

/// What must be the same in all processes of a run.
struct RunIdentity: Codable {
  private let version: String
  private let libtorch: String
  private let recipe: String?
  private let data: [DatasetFingerprint]
  private let iteration: Int

  /// That of this process, after `iteration` steps.
  init(of experiment: Experiment, after iteration: Int) throws {
    version = Version.current
    libtorch = Libtorch.version
    recipe = try experiment.recipe?.text()
    data = experiment.data.fingerprints
    self.iteration = iteration
  }

  /// Compares the identities of all processes.
  /// - Throws: `TrainingError.otherRank` naming the first that differs from rank 0, and in what, in every process.
  func requireSame(in group: ProcessGroup, of experiment: Experiment) throws {
    let texts = try group.gather(String(decoding: JSONFormat.text(self), as: UTF8.self))
    let identities = try texts.map {
      try JSONFormat.decode(RunIdentity.self, from: Data($0.utf8))
    }
    for rank in identities.indices.dropFirst() {
      // Each process can compare with its own parts alone, which are those of rank 0 or those of the other.
      let other = texts[rank] == texts[group.rank] ? identities[0] : identities[rank]
      guard texts[rank] != texts[0] else { continue }
      let differences = try differences(from: other, of: experiment)
      guard differences.isEmpty else {
        throw TrainingError.otherRank(rank, differences: differences)
      }
    }
  }

  private func differences(from other: RunIdentity, of experiment: Experiment) throws -> [String] {
    var found: [String] = []
    func compare(_ name: String, _ own: String, _ others: String) {
      if own != others { found.append("\(name) \(own) and \(others)") }
    }
    compare("version", version, other.version)
    compare("libtorch", libtorch, other.libtorch)
    compare("iteration", "\(iteration)", "\(other.iteration)")
    do {
      try experiment.recipe.requireContinuing(other.recipe, of: "", source: "another process")
      try experiment.data.requireSame(as: other.data, of: "", listing: "")
    } catch TrainingError.otherRecipe(_, let differences, _) {
      found += differences.isEmpty ? ["a recipe and none"] : differences
    } catch TrainingError.dataChanged(_, let differences) {
      found.append(differences)
    }
    return found
  }
}
