import Backbones
import Generalization
import Runs
import Torch

/// Figures about the features of one network and stage on one data set.
public struct FeatureFigures: Sendable, Codable, Equatable {
  /// The network's name.
  public let network: String
  /// The stage, `layer4`.
  public let stage: String
  /// The data set's path.
  public let dataset: String
  /// `synthetic`, `real` or `unseen`.
  public let domain: Evaluation.Domain
  /// The number of images.
  public let images: Int
  /// The number of images that could not be read.
  public let skipped: Int
  /// The number of channels of the stage, D.
  public let dimensions: Int
  /// The hyperspherical energy by its power: lower means more diverse.
  public let hse: [HypersphericalEnergy.Power: Double]
  /// log mean exp(−2 d²) over pairs: lower means more uniform on the sphere.
  public let uniformity: Double
  /// The mean d² between two augmented views of an image; nil where the recipe augments nothing.
  public let alignment: Double?
  /// The mean d² between images of one class; nil where images have no classes, or no class has two images.
  public let classAlignment: Double?
  /// The exponential of the entropy of the singular values of the centred features, from 1 to D.
  public let effectiveRank: Double
  /// The mean ⟨f_i, f_j⟩ over pairs.
  public let meanCosine: Double

  private enum CodingKeys: String, CodingKey {
    case network
    case stage
    case dataset
    case domain
    case images
    case skipped
    case dimensions
    case hse
    case uniformity
    case alignment
    case classAlignment = "class_alignment"
    case effectiveRank = "effective_rank"
    case meanCosine = "mean_cosine"
  }

  /// Computes the figures of a stage.
  init(
    network: String, stage: Stage, _ set: FeatureSet, domain: Evaluation.Domain,
    sharedBy processes: ProcessGroup?
  ) throws {
    let features = try set.features(of: stage)
    self.network = network
    self.stage = stage.description
    dataset = set.path
    self.domain = domain
    images = features.shape[0]
    skipped = set.skipped
    dimensions = features.shape[1]
    hse = try HypersphericalEnergy(of: features, sharedBy: processes).values
    uniformity = try FeatureDiversity.uniformity(of: features, sharedBy: processes)
    alignment = set.viewAlignment?[stage]
    classAlignment = try set.labels.flatMap {
      try FeatureDiversity.alignment(of: features, labels: $0)
    }
    effectiveRank = try FeatureDiversity.effectiveRank(of: features)
    meanCosine = try FeatureDiversity.meanCosine(of: features)
  }
}
