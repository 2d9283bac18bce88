import Backbones
import Generalization
import Recipes
import Testing
import Torch
import Training

/// Options with settings of their own, which count only where the option is chosen.
@Suite struct RecipeOptionTests: ReadingRecipes {
  @Test func eachWayOfAdaptingHasItsPapersValues() throws {
    func adaptation(_ settings: String) throws -> Adaptation {
      let recipe = try read(
        "data: {train: x}\nmethod: {name: csg}\nmodel: {backbone: dinov2-small-14, adapt: \(settings)}"
      )
      #expect(try Recipe(text: recipe.text(), source: "text") == recipe)
      return recipe.model.adaptation
    }
    #expect(try adaptation("head") == .head)
    #expect(
      try adaptation("lora, lora_alpha: 4, lora_layers: [qkv]")
        == .lowRank(.init(rank: 8, alpha: 4, layers: [.qkv])))
    #expect(try adaptation("soma") == .lowRank(.minorComponents(rank: 16, firstBlock: 8)))
    #expect(
      try adaptation("soma, lora_rank: 4, lora_from: 2")
        == .lowRank(.minorComponents(rank: 4, firstBlock: 2)))
    #expect(try adaptation("rein") == .tokens(.init(count: 100, rank: 16)))
    #expect(
      try adaptation("rein, rein_tokens: 7, rein_rank: 2") == .tokens(.init(count: 7, rank: 2)))
  }

  @Test func aDecayMayHaveAnotherEnd() throws {
    let start = "data: {train: x}\nmethod: {name: csg}\noptimizer: {name: adamw, weight_decay: 0.05"
    #expect(try read(start + "}").optimizer.weightDecayEnd == nil)
    let recipe = try read(start + ", weight_decay_end: 1.0e-5}")
    #expect(recipe.optimizer.weightDecayEnd == 1e-5)
    #expect(try Recipe(text: recipe.text(), source: "text") == recipe)
  }

  @Test func whatIsRandomAboutStylesIsReadAndWritten() throws {
    let plain = try read("data: {train: x}\nmethod: {name: csg}")
    #expect(plain.data.amplitudeJitter == nil && plain.train.styleMixing == nil)
    #expect(try !plain.text().contains("mix_styles_") && !plain.text().contains("pasta"))
    let recipe = try read(
      """
      task: segmentation
      data: {train: x, spectrum: pasta, pasta: {alpha: 4}}
      method: {name: csg}
      train: {mix_styles: padain, mix_styles_stages: [2, 1]}
      """)
    #expect(
      recipe.data.amplitudeJitter == AmplitudeJitter(alpha: 4, exponent: 2, beta: 0.25))
    #expect(recipe.train.styleMixing == StyleMixing(.permuted))
    #expect(try Recipe(text: recipe.text(), source: "text") == recipe)
    let mixed = try read(
      "data: {train: x}\nmethod: {name: csg}\ntrain: {mix_styles: mixstyle, mix_styles_alpha: 0.3}")
    #expect(mixed.train.styleMixing?.alpha == 0.3)
    #expect(try Recipe(text: mixed.text(), source: "text") == mixed)
  }

  @Test func frozenPassesAreAsPreciseAsTheStudentsWhereNothingIsSaid() throws {
    func train(_ settings: String) throws -> TrainRecipe {
      try read("data: {train: x}\nmethod: {name: csg}\ntrain: {\(settings)}").train
    }
    #expect(try train("").frozenPrecision == .float32)
    #expect(try train("precision: bf16").frozenPrecision == .bfloat16)
    #expect(try train("frozen_precision: bf16").precision == .float32)
    #expect(try train("frozen_precision: bf16").frozenPrecision == .bfloat16)
    #expect(try train("precision: fast").frozenPrecision == .fast)
    #expect(try train("precision: fast, frozen_precision: float32").frozenPrecision == .float32)
    #expect(try !train("").recomputes)
    #expect(try train("").parts == 1)
    #expect(try train("").recordsSteps)
  }

  @Test func fastIsBfloat16WhereTheDeviceMultipliesInIt() throws {
    let isFast = Precision.bfloat16.isFast(on: .cpu)
    #expect(TrainPrecision.fast.ofGradients == .float32)
    #expect(TrainPrecision.fast.frozen(on: .cpu) == (isFast ? .bfloat16 : .float32))
    #expect(TrainPrecision.fast.frozen(on: .cuda(0)) == .bfloat16)
    #expect(TrainPrecision.float32.frozen(on: .cuda(0)) == .float32)
    // Converting to float32 and back takes longer than float32.
    VectorInstructions.limit(to: .avx2)
    defer { VectorInstructions.limit(to: .avx512) }
    #expect(TrainPrecision.fast.frozen(on: .cpu) == .float32)
  }

  @Test func bfloat16IsAdvisedOnlyWhereItHelpsAndNothingWasChosen() throws {
    func advice(_ settings: String, _ device: Device) throws -> String? {
      try read("data: {train: x}\nmethod: {name: csg}\ntrain: {\(settings)}").train
        .precisionAdvice(on: device)
    }
    #expect(try (advice("", .cpu) != nil) == Precision.bfloat16.isFast(on: .cpu))
    for chosen in ["precision: bf16", "precision: fast", "frozen_precision: bf16"] {
      #expect(try advice(chosen, .cpu) == nil)
    }
    #expect(try advice("", .cuda(0)) == nil)
  }

  @Test func aPolicyOfRatesHasItsOwnSettings() throws {
    func optimizer(_ settings: String) throws -> OptimizerRecipe {
      try readTwice("data: {train: x}\nmethod: {name: asg}\noptimizer: {\(settings)}").optimizer
    }
    #expect(try optimizer("").ratePolicy == nil)
    #expect(try optimizer("rate_scales: [1, 2]").ratePolicy == nil)
    #expect(try optimizer("rate_policy: lstm").ratePolicy == RatePolicySettings())
    var policy = RatePolicySettings()
    (policy.scales, policy.width, policy.learningRate, policy.episode) = ([0.5, 2], 8, 0.1, 3)
    let settings =
      "rate_scales: [0.5, 2], rate_policy_width: 8, rate_policy_lr: 0.1, rate_policy_episode: 3"
    #expect(try optimizer("rate_policy: lstm, \(settings)").ratePolicy == policy)
    #expect(try optimizer("rate_policy: lstm, name: adamw").ratePolicy == RatePolicySettings())
  }

  @Test func weightsAndAveragesHaveSeveralForms() throws {
    func train(_ settings: String) throws -> TrainRecipe {
      try readTwice("data: {train: x}\nmethod: {name: csg}\ntrain: {\(settings)}").train
    }
    #expect(try train("").classWeights == .none)
    #expect(try train("class_weights: balanced").classWeights == .balanced)
    #expect(try train("class_weights: [1, 0.5]").classWeights == .list([1, 0.5]))
    #expect(try train("class_weights: {a: 3}").classWeights == .named(["a": 3]))
    #expect(try train("").averaging == nil)
    #expect(try train("average: swa").averaging == .uniform(start: 0.75))
    #expect(try train("average: swa, average_start: 0.5").averaging == .uniform(start: 0.5))
    #expect(try train("average: ema").averaging == .exponential(decay: 0.999))
    #expect(try train("average: swad").averaging == .flat(SWADRule.Settings()))
    var flat = SWADRule.Settings()
    (flat.startPatience, flat.endPatience, flat.tolerance) = (2, 4, 1.2)
    #expect(
      try train(
        "average: swad, average_start_patience: 2, average_end_patience: 4, average_tolerance: 1.2"
      ).averaging == .flat(flat))
    // What belongs to another average, or to none, changes nothing.
    #expect(try train("average_decay: 0.5").averaging == nil)
    #expect(try train("average: swa, average_decay: 0.5").averaging == .uniform(start: 0.75))
  }
}
