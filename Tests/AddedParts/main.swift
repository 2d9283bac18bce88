import Registry
import Syn2RealCommand

// The whole command with a method and a backbone that the package does not have.
Syn2Real.main(
  name: "added-parts",
  registry: .standard.adding(method: FeaturePenaltyConfiguration.self).adding(backbone: .small))
