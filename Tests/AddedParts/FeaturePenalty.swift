import Backbones
import Generalization
import Settings
import TorchNN

/// An added method: it keeps features small, λ · mean |v|ᵖ over the last map.
final class FeaturePenalty: Method {
  let stages: Set<Stage> = []
  let usesKeyView = false
  let trainedTensors: [NamedTensor] = []
  private let configuration: FeaturePenaltyConfiguration

  init(_ configuration: FeaturePenaltyConfiguration) { self.configuration = configuration }

  func terms(of step: TrainingStep) throws -> MethodTerms {
    let map = try step.output.features.last
    let size = try map.absolute().power(Double(configuration.power)).mean()
    var terms = MethodTerms()
    terms.losses = [.init(name: "feature_size", value: size, weight: configuration.lambda)]
    return terms
  }
}

struct FeaturePenaltyConfiguration: MethodConfiguration {
  static let name = "feature-penalty"
  static let summary = "The size of the features, which are to stay small."
  static let settings: [Setting<FeaturePenaltyConfiguration>] = [
    .number("lambda", \.lambda, in: 0..., "λ, the weight of the penalty."),
    .integer("power", \.power, in: 1...4, "p, the power that features are raised to."),
  ]

  var lambda = 0.01
  var power = 2

  static func standard(for labels: LabelScope) -> FeaturePenaltyConfiguration {
    labels == .image ? .init() : .init(lambda: 0.5)
  }

  func makeMethod(_ start: MethodStart) -> any Method { FeaturePenalty(self) }
}
