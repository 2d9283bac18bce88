import Backbones
import Torch
import TorchNN

/// The ℓ2 distance to the ImageNet weights: Σ_k F_k (θ_k − θ*_k)² over the trained weights of the student's backbone,
/// with F = 1, or the diagonal Fisher information of the ImageNet network scaled to mean 1 (elastic weight
/// consolidation, Kirkpatrick et al. 2017).
///
/// F is estimated where a run starts, on its training images with labels that the ImageNet network itself draws, since
/// the images of ImageNet are not there.
public final class WeightDistance: Method {
  private let configuration: WeightDistanceConfiguration
  private let weights: AnchoredWeights
  private let generator: Generator
  private let fisher: [NamedTensor]?

  /// None.
  public let stages: Set<Stage> = []
  /// One view is enough.
  public let usesKeyView = false
  /// Nothing but the student.
  public let trainedTensors: [NamedTensor] = []

  /// The distance to the weights that `student` holds now, those of ImageNet.
  /// - Parameters:
  ///   - seed: of the labels that the Fisher information is estimated with.
  ///   - device: where the student is trained.
  public init(
    _ configuration: WeightDistanceConfiguration, student: any Backbone, seed: UInt64 = 0,
    device: Device
  ) throws {
    self.configuration = configuration
    weights = try AnchoredWeights(of: student, on: device)
    generator = try Generator(seed: seed)
    fisher =
      configuration.fisher == .diagonal
      ? try weights.zeros(prefix: "weight_distance.fisher.") : nil
  }

  /// Estimates F where it weights the terms.
  public func prepare(student: any TaskNetwork, images: () throws -> Tensor) throws {
    guard let fisher else { return }
    try FisherInformation(
      backbone: student.backbone, imageCount: configuration.fisherImageCount,
      generator: generator
    ).estimate(fisher, of: weights.current, on: images)
  }

  /// `weight_distance`.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    var terms = MethodTerms()
    terms.losses = [
      .init(
        name: "weight_distance", value: try weights.squaredDistance(weightedBy: fisher),
        weight: configuration.lambda)
    ]
    return terms
  }

  /// The weights of ImageNet, and F where it weights the terms: a resumed run has other weights to estimate it with.
  public func stateDict() throws -> StateDict { StateDict(saved) }

  /// Goes on from saved weights of ImageNet and saved F.
  /// - Throws: `StateDictMismatch` where the checkpoint lacks them.
  public func load(_ state: StateDict) throws { try saved.load(state, allowsUnexpected: true) }

  private var saved: [NamedTensor] {
    weights.named(prefix: "weight_distance.anchor.") + (fisher ?? [])
  }
}
