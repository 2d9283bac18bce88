import Backbones
import Generalization
import Torch

/// How far the features of a reference data set and of another one lie apart, for one network and stage.
public struct GapFigures: Sendable, Codable, Equatable {
  /// The network's name.
  public let network: String
  /// The stage, `layer4`.
  public let stage: String
  /// The path of the reference set.
  public let reference: String
  /// The path of the other set.
  public let dataset: String
  /// The squared maximum mean discrepancy, unbiased, of features scaled to norm 1.
  public let squaredMeanDiscrepancy: Double
  /// The Fréchet distance of features scaled to norm 1.
  public let frechetDistance: Double

  private enum CodingKeys: String, CodingKey {
    case network
    case stage
    case reference
    case dataset
    case squaredMeanDiscrepancy = "mmd_squared"
    case frechetDistance = "frechet_distance"
  }

  /// Computes the figures of a stage.
  init(
    network: String, stage: Stage, from reference: FeatureSet, to other: FeatureSet,
    sharedBy processes: ProcessGroup?
  ) throws {
    let (first, second) = (try reference.features(of: stage), try other.features(of: stage))
    self.network = network
    self.stage = stage.description
    self.reference = reference.path
    dataset = other.path
    squaredMeanDiscrepancy = try DomainGap.squaredMeanDiscrepancy(
      first, second, isUnit: true, sharedBy: processes)
    frechetDistance = try DomainGap.frechetDistance(
      first, second, isUnit: true, sharedBy: processes)
  }
}
