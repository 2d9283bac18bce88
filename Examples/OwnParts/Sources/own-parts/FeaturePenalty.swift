import Backbones
import Generalization
import Settings
import TorchNN

/// A method of one's own: features are to stay small, λ · mean |v|ᵖ over the last map.
final class FeaturePenalty: Method {
  let stages: Set<Stage> = []
  let usesKeyView = false
  let trainedTensors: [NamedTensor] = []
  private let settings: FeaturePenaltyConfiguration

  init(_ settings: FeaturePenaltyConfiguration) { self.settings = settings }

  func terms(of step: TrainingStep) throws -> MethodTerms {
    let size = try step.output.features.last.absolute().power(Double(settings.power)).mean()
    var terms = MethodTerms()
    terms.losses = [.init(name: "feature_size", value: size, weight: settings.lambda)]
    return terms
  }
}

/// Its registration: a name, its settings, and how it is made.
struct FeaturePenaltyConfiguration: MethodConfiguration {
  static let name = "feature-penalty"
  static let summary = "The size of the features, which are to stay small."
  static let settings: [Setting<FeaturePenaltyConfiguration>] = [
    .number("lambda", \.lambda, in: 0..., "λ, the weight of the penalty."),
    .integer("power", \.power, in: 1...4, "p, the power that features are raised to."),
  ]

  var lambda = 0.01
  var power = 2

  static func standard(for labels: LabelScope) -> FeaturePenaltyConfiguration { .init() }

  func makeMethod(_ start: MethodStart) -> any Method { FeaturePenalty(self) }
}
