import Backbones
import Torch
import TorchNN

/// Automated synthetic-to-real generalization (Chen et al., ICML 2020): the student keeps giving the answers of the
/// frozen ImageNet network, through the ImageNet classifier fc of both.
///
/// The term is KL(softmax(fc(f_e,o(x_q))) ‖ softmax(fc(f_e(x_q)))), averaged over the batch. fc sees the pooled last map,
/// or, in the dense form, every place of the map as in a 1×1 convolution, after the norm that a network has between map and fc; the
/// mean then includes the places too.
/// It is at least 0, and 0 at the teacher's weights.
///
/// The learned policy of layer-wise learning rates (L2O) is another part, which goes with any method: ``RateController``.
public final class ASG: Method {
  private let configuration: ASGConfiguration
  private let teacher: FrozenTeacher
  private let classifier: Linear

  /// The method needs only the last map, which is always there.
  public let stages: Set<Stage> = []
  /// Student and teacher look at the same view.
  public let usesKeyView = false
  /// The method trains only the student.
  public let trainedTensors: [NamedTensor] = []

  /// ASG with the teacher `teacher`, which is frozen here for good.
  /// - Parameter device: where the student is.
  /// - Throws: `BackboneError.noImageNetClassifier` for a teacher without one.
  public init(_ configuration: ASGConfiguration, teacher: any Backbone, device: Device) throws {
    self.configuration = configuration
    self.teacher = try FrozenTeacher(teacher, on: device)
    classifier = try self.teacher.classifier
  }

  /// The term `kl_imagenet`.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    let target = try withoutGradients {
      try logProbabilities(teacher.maps(of: step), of: teacher.backbone)
    }
    let divergence = try klDivergence(
      target, logProbabilities(step.output.features, of: step.student.backbone))
    var terms = MethodTerms()
    terms.losses = [.init(name: "kl_imagenet", value: divergence, weight: configuration.lambda)]
    return terms
  }

  /// log softmax(fc(·)) of the features of a pass of `backbone`, M×classes: M images, or all their places.
  private func logProbabilities(_ maps: FeatureMaps, of backbone: any Backbone) throws -> Tensor {
    let features = try configuration.isDense ? backbone.classifiedPlaces(of: maps) : maps.pooled()
    return try classifier(features).logSoftmax(1)
  }

  /// The teacher.
  public func stateDict() throws -> StateDict { teacher.stateDict() }

  /// Continues with the saved teacher.
  /// - Throws: `StateDictMismatch` where the checkpoint lacks it.
  public func load(_ state: StateDict) throws { try teacher.load(state) }
}

/// KL(p ‖ q) = Σ p (log p − log q) of M×classes log-probabilities, averaged over the rows; one element.
func klDivergence(_ logP: Tensor, _ logQ: Tensor) throws(TorchError) -> Tensor {
  try (logP.exp() * (logP - logQ)).sum([1]).mean()
}
