import Backbones
import Torch
import TorchNN

/// The ℓ2 distance to the ImageNet weights: Σ_k F_k (θ_k − θ*_k)² over the trained weights of the student's backbone,
/// with F = 1, or the diagonal Fisher information of the ImageNet network scaled to mean 1 (elastic weight
/// consolidation, Kirkpatrick et al. 2017).
///
/// F is estimated at the start of a run, on its training images with labels drawn from the ImageNet network itself, since
/// the images of ImageNet are not available.
public final class WeightDistance: Method {
  private let configuration: WeightDistanceConfiguration
  private let weights: AnchoredWeights
  private let generator: Generator
  private let fisher: [NamedTensor]?

  /// The method needs no map.
  public let stages: Set<Stage> = []
  /// One view is enough.
  public let usesKeyView = false
  /// The method trains only the student.
  public let trainedTensors: [NamedTensor] = []

  /// The distance to the weights that `student` holds now, those of ImageNet.
  /// - Parameters:
  ///   - seed: the seed of the labels with which the Fisher information is estimated.
  ///   - device: where the student is trained.
  /// - Throws: `MethodError.addedWeights` where adapters or learnt tokens are trained, `.frozenBackbone` where nothing is.
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

  /// Estimates F if it weights the terms.
  public func prepare(student: any TaskNetwork, images: () throws -> Tensor) throws {
    guard let fisher else { return }
    try FisherInformation(
      backbone: student.backbone, imageCount: configuration.fisherImageCount,
      generator: generator
    ).estimate(fisher, of: weights.current, on: images)
  }

  /// The term `weight_distance`.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    var terms = MethodTerms()
    terms.losses = [
      .init(
        name: "weight_distance", value: try weights.squaredDistance(weightedBy: fisher),
        weight: configuration.lambda)
    ]
    return terms
  }

  /// The weights of ImageNet, and F if it weights the terms: a resumed run has other weights and could not estimate it.
  public func stateDict() throws -> StateDict { StateDict(saved) }

  /// Continues from the saved weights of ImageNet and the saved F.
  /// - Throws: `StateDictMismatch` where the checkpoint lacks them.
  public func load(_ state: StateDict) throws { try saved.load(state, allowsUnexpected: true) }

  private var saved: [NamedTensor] {
    weights.named(prefix: "weight_distance.anchor.") + (fisher ?? [])
  }
}
