import Backbones
import Foundation
import Registry
import Runs

extension NetworkDescription {
  /// The description as a checkpoint holds it, the backbone by its registered name.
  private struct Coded: Codable {
    let task: TaskName
    let backbone: String
    let head: Head
    let firstWeights: FirstWeights
    let evaluation: EvaluationOptions
    let augmentation: Augmentation
    let batchSize: Int
    let seed: UInt64
    let domains: DataDomains
  }

  /// The description in the metadata of the checkpoint at `path`; nil where there is none.
  /// - Throws: `TrainingError.damagedCheckpoint` for one that this version does not understand, `RegistryError` for a backbone that is not registered.
  package init?(metadata: [String: String], path: String, registry: Registry) throws {
    guard let text = metadata[CheckpointKey.network] else { return nil }
    guard let coded = try? JSONDecoder().decode(Coded.self, from: Data(text.utf8)) else {
      throw TrainingError.damagedCheckpoint(
        path: path,
        problem: "'\(CheckpointKey.network)' in its metadata is not as this version writes it")
    }
    let backbone: BackboneDefinition
    do {
      backbone = try registry.backbone(named: coded.backbone)
    } catch {
      var error = error
      error.place = path
      throw error
    }
    self.init(
      task: coded.task, backbone: backbone, head: coded.head,
      firstWeights: coded.firstWeights, evaluation: coded.evaluation,
      augmentation: coded.augmentation, batchSize: coded.batchSize, seed: coded.seed,
      domains: coded.domains)
    guard isPlausible else {
      throw TrainingError.damagedCheckpoint(
        path: path, problem: "'\(CheckpointKey.network)' in its metadata has a value out of range")
    }
  }

  /// The description for a checkpoint's metadata.
  package func json() throws -> String {
    let coded = Coded(
      task: task, backbone: backbone.name, head: head, firstWeights: firstWeights,
      evaluation: evaluation, augmentation: augmentation, batchSize: batchSize, seed: seed,
      domains: domains)
    return String(decoding: try JSONFormat.text(coded), as: UTF8.self)
  }
}
