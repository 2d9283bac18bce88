import Backbones
import Torch
import TorchNN

/// The ℓ2 distance to the frozen ImageNet teacher's features: the distillation term of ROAD (Chen et al. 2018).
///
/// With v and u the N×C×H×W maps of the last stage of student and teacher on x_q, the term is the squared Euclidean
/// distance of the feature vectors, averaged over images and places:
/// (1/NHW) Σ_n Σ_ij ‖v_nij − u_nij‖². It is at least 0, and 0 at the teacher's weights.
public final class FeatureDistance: Method {
  private let configuration: FeatureDistanceConfiguration
  private let teacher: FrozenTeacher

  /// The method needs only the last map, which is always there.
  public let stages: Set<Stage> = []
  /// Student and teacher look at the same view.
  public let usesKeyView = false
  /// The method trains only the student.
  public let trainedTensors: [NamedTensor] = []

  /// The distance to `teacher`, which is frozen here for good.
  /// - Parameter device: where the student is.
  public init(
    _ configuration: FeatureDistanceConfiguration, teacher: any Backbone, device: Device
  ) throws {
    self.configuration = configuration
    self.teacher = try FrozenTeacher(teacher, on: device)
  }

  /// The term `feature_distance`.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    let target = try teacher.maps(of: step).last
    let distance = try meanSquaredDistance(step.output.features.last, target)
    var terms = MethodTerms()
    terms.losses = [
      .init(name: "feature_distance", value: distance, weight: configuration.lambda)
    ]
    return terms
  }

  /// The teacher.
  public func stateDict() throws -> StateDict { teacher.stateDict() }

  /// Continues with the saved teacher.
  /// - Throws: `StateDictMismatch` where the checkpoint lacks it.
  public func load(_ state: StateDict) throws { try teacher.load(state) }
}

/// (1/NHW) Σ ‖v − u‖² over the places of two N×C×H×W maps; one element.
func meanSquaredDistance(_ v: Tensor, _ u: Tensor) throws(TorchError) -> Tensor {
  try (v - u).power(2).sum([1]).mean()
}
