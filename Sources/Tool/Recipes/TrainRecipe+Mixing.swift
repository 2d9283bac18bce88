import Backbones
import Generalization
import Settings

/// `train.mix_styles` and what belongs to it.
extension TrainRecipe {
  private enum MixingName: String, CaseIterable {
    case none
    case mixstyle
    case padain
  }

  static let mixingSettings: [Setting<TrainRecipe>] = [
    .choice(
      "mix_styles", \.mixing,
      "Whether the styles of a batch's maps, means and deviations of their channels, are mixed inside the student's backbone, with any method: two of them at random (`mixstyle`; Zhou et al. 2021), or replaced by those of other images (`padain`; Nuriel et al. 2021)."
    ),
    .number(
      "mix_styles_probability", \.drawn.probability, in: 0...1,
      "How often the maps of a stage are changed: 0.5 for `mixstyle`, 0.01 for `padain` where none is given.",
      counts: \.mixes),
    .number(
      "mix_styles_alpha", \.drawn.alpha, in: 0.001...1000,
      "α of the distribution Beta(α, α) of a style's share.",
      counts: { $0.styleMixing?.rule == .mixStyle }),
    .stages(
      "mix_styles_stages", \.drawn.stages, "The stages after which it happens.",
      counts: \.mixes),
  ]

  private var mixes: Bool { styleMixing != nil }

  private var mixing: MixingName {
    get { styleMixing.flatMap { MixingName(rawValue: $0.rule.rawValue) } ?? .none }
    set { styleMixing = StyleMixing.Rule(rawValue: newValue.rawValue).map(StyleMixing.init) }
  }

  /// The mixing; where there is none, what is set here changes nothing.
  private var drawn: StyleMixing {
    get { styleMixing ?? StyleMixing(.mixStyle) }
    set { if mixes { styleMixing = newValue } }
  }
}
