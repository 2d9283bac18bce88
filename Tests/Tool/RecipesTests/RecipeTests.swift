import Backbones
import Datasets
import Foundation
import Generalization
import Recipes
import Testing
import Training
import YAML

@Suite struct RecipeTests {
  @Test func whatIsNotSaidIsThePapers() throws {
    let recipe = try read("data: {train: x}\nmethod: {name: csg}")
    #expect(recipe.model.backbone == .resnet101)
    #expect(recipe.model.weights == .imageNet)
    #expect(recipe.method == MethodRecipe(CSGConfiguration()))
    #expect(recipe.optimizer.learningRate == 1e-4)
    #expect(recipe.optimizer.backboneRate == 0.1)
    #expect(recipe.optimizer.momentum == 0.9)
    #expect(recipe.optimizer.weightDecay == 5e-4)
    #expect(recipe.optimizer.form == .rateInside)
    #expect(recipe.train.length == .epochs(30))
    #expect(recipe.train.batchSize == 32)
    #expect(recipe.data.augmentation == .randAugment(operations: 1, magnitude: 6))
    #expect(recipe.data.imageSize == 224)
  }

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

  @Test func segmentationHasThePapersValuesOfItsOwn() throws {
    let recipe = try read("task: segmentation\ndata: {train: x}\nmethod: {name: csg}")
    #expect(recipe.model.backbone == .resnet50)
    #expect(recipe.model.head == .segmenter(.aspp))
    #expect(recipe.method == MethodRecipe(CSGConfiguration(lambda: 75, grid: 8)))
    #expect(recipe.optimizer.learningRate == 1e-3)
    #expect(recipe.train.length == .epochs(50))
    #expect(recipe.train.batchSize == 6)
    #expect(recipe.data.augmentation == .scene(SceneAugmentation()))
    #expect(recipe.data.imageSize == 512)
    #expect(!recipe.evaluate.mirrors)
    #expect(recipe.evaluate.tile == nil)
  }

  @Test(arguments: [
    "{name: oracle}", "{name: weight-distance, lambda: 0.5, fisher: diagonal, fisher_images: 9}",
    "{name: weight-distance}", "{name: synaptic-intelligence, damping: 0.25, interval: 7}",
    "{name: feature-distance, lambda: 2}", "{name: asg}",
    "{name: domain-randomization, styles: 3, task_weight: 0.5, stages: [4], pyramid: [1, 3]}",
    "{name: csg, grid: 3}", "{name: gcisg, guidance: 2, stages: [4], key_temperature: 0.05}",
    "{name: isw, start_epochs: 0.5, stages: [1]}", "{name: shade, stage: 1, things: [car, bus]}",
    "{name: coral, lambda: 2}", "{name: irm, anneal: 7}",
  ])
  func everyMethodReadsBackEqual(method: String) throws {
    for task in ["classification", "segmentation"] {
      let recipe = try read("task: \(task)\ndata: {train: x}\nmethod: \(method)")
      #expect(try Recipe(text: recipe.text(), source: "text") == recipe)
    }
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

  @Test func theTextOfASegmentationRecipeReadsBackEqual() throws {
    let recipe = try read(
      """
      task: segmentation
      data: {train: a, image_size: 128, augment: scene, scene: {mirror: false, scale_min: 0.5,
        scale_max: 2, jitter: 0.1}}
      model: {backbone: resnet18, weights: random, head: deeplab-v2}
      method: {name: csg, grid: 4}
      evaluate: {tile: 512, overlap: 100, mirror: true}
      """)
    #expect(try Recipe(text: recipe.text(), source: "text") == recipe)
    #expect(recipe.evaluate.overlap == 100)
  }

  @Test func theTextOfARecipeReadsBackEqual() throws {
    let recipe = try read(
      """
      seed: 3
      data: {train: a, held_out: b, real: [c, d], shuffle: false, balance: classes, augment: none,
        image_size: 64, decode: scaled, workers: 4, on_error: skip}
      model: {backbone: resnet18, weights: random, head_width: 7}
      method: {name: csg, lambda: 0.3, stages: [4, 2], pooling: average, queue: 10, temperature: 0.1,
        momentum: 0.9, ramp: true, dimension: 5, projection_heads: frozen}
      optimizer: {lr: 0.3, backbone_rate: 0.7, momentum: 0.1, weight_decay: 0.0, form: rate-outside,
        clip_norm: 2.5}
      schedule: {warmup: 3, power: 0.5}
      train: {iterations: 11, batch_size: 3, class_weights: {b: 2, a: 0.5}, average: ema,
        average_decay: 0.9, log_indices: true, precision: bf16,
        frozen_precision: float32, recompute: true, accumulate: 2, cuda_graph: true}
      evaluate: {batch_size: 5, every: 2, patience: 3, mirror: false, precision: bf16, selection: target}
      """)
    #expect(try Recipe(text: recipe.text(), source: "text") == recipe)
    #expect(recipe.data.decoding == .scaled)
    #expect(recipe.data.balance == .classes)
    #expect(recipe.optimizer.clipNorm == 2.5)
    #expect(recipe.train.classWeights == .named(["a": 0.5, "b": 2]))
    #expect(recipe.train.averaging == .exponential(decay: 0.9))
    #expect(recipe.evaluate.patience == 3)
    let csg = try #require(recipe.method.configuration as? CSGConfiguration)
    #expect(csg.stages == [.layer2, .layer4])
    #expect(!csg.trainsProjectionHeads)
    #expect(recipe.train.frozenPrecision == .float32)
    #expect(recipe.train.recomputes)
    #expect(recipe.train.parts == 2)
    #expect(recipe.train.recordsSteps)
    #expect(recipe.evaluate.precision == .bfloat16)
  }

  @Test func frozenPassesAreAsPreciseAsTheStudentsWhereNothingIsSaid() throws {
    func train(_ settings: String) throws -> TrainRecipe {
      try read("data: {train: x}\nmethod: {name: csg}\ntrain: {\(settings)}").train
    }
    #expect(try train("").frozenPrecision == .float32)
    #expect(try train("precision: bf16").frozenPrecision == .bfloat16)
    #expect(try train("frozen_precision: bf16").precision == .float32)
    #expect(try train("frozen_precision: bf16").frozenPrecision == .bfloat16)
    #expect(try !train("").recomputes)
    #expect(try train("").parts == 1)
    #expect(try !train("").recordsSteps)
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

  @Test(arguments: [
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {class_weights: [1, -1]}", "at least 0"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {class_weights: balance}", "'balanced'"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {average: emma}", "did you mean 'ema'"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {average_start: 1}", "below 1"),
    ("data: {train: x}\nmethod: {name: csg}\noptimizer: {clip_norm: 0}", "above 0"),
    ("data: {train: x}\nmethod: {name: csg}\nevaluate: {patience: 0}", "at least 1"),
    ("task: segmentation\ndata: {train: x, balance: classes}\nmethod: {name: csg}", "'none'"),
    ("data: {train: x}\nmethod: {name: csg, temprature: 1}", "did you mean 'temperature'"),
    ("data: {train: x}\nmethod: {name: vanilla, lambda: 1}", "unknown key 'method.lambda'"),
    ("data: {train: x}\nmethod: {name: cgs}", "csg"),
    ("data: {train: x}\nmetod: {name: csg}", "did you mean 'method'"),
    ("data: {trian: x}\nmethod: {name: csg}", "did you mean 'train'"),
    ("data: {train: 5}\nmethod: {name: csg}", "recipe.yaml:1"),
    ("data: {train: x}\nmethod: {name: csg, stages: [5]}", "stages"),
    ("data: {train: x}\nmethod: {name: csg, queue: 0}", "queue"),
    ("data: {train: x}\nmethod: {name: csg, lambda: -1}", "lambda"),
    ("method: {name: csg}", "train"),
    ("data: {train: x}\nmethod: {name: csg}\nmodel: {backbone: resnet19}", "resnet18"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {epochs: 1, iterations: 1}", "keep one"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {batch_size: many}", "recipe.yaml:3"),
    (
      "data: {train: x}\nmethod: {name: csg}\ntrain: {frozen_precision: bf61}",
      "did you mean 'bf16'"
    ),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {recompute: maybe}", "train.recompute"),
    ("data: {train: x}\nmethod: {name: csg}\ntrain: {accumulate: 0}", "train.accumulate"),
    ("data: {train: x}\nmethod: {name: csg}\nevaluate: {precision: half}", "float32"),
    ("task: detection\ndata: {train: x}\nmethod: {name: csg}", "segmentation"),
    ("data: {train: x, augment: scene}\nmethod: {name: csg}", "randaugment"),
    ("data: {train: x, decode: scale}\nmethod: {name: csg}", "did you mean 'scaled'"),
    (
      "task: segmentation\ndata: {train: x, decode: scaled}\nmethod: {name: csg}", "data.decode"
    ),
    (
      "task: segmentation\ndata: {train: x}\nmethod: {name: csg}\nmodel: {head_width: 3}",
      "head_width"
    ),
    (
      "task: segmentation\ndata: {train: x}\nmethod: {name: csg}\nevaluate: {tile: 64, overlap: 64}",
      "overlap"
    ),
    (
      "task: segmentation\ndata: {train: x}\nmethod: {name: csg}\nevaluate: {overlap: 64}",
      "without evaluate.tile"
    ),
    ("[1, 2]", "mapping"),
  ])
  func mistakesAreNamed(text: String, said: String) {
    #expect {
      try read(text)
    } throws: { error in
      "\(error)".contains(said)
    }
  }

  @Test func aMethodStandsOnItsSettings() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("recipe.yaml")
    func recipe(_ methods: String, _ overrides: [String]) throws -> Recipe {
      try Data("data: {train: x}\nmethod: {name: vanilla}\nmethods: \(methods)\n".utf8).write(
        to: file)
      return try Recipe(contentsOf: file.path, overrides: overrides)
    }
    let settings = "{csg: {lambda: 0.25, queue: 7}, vanilla: null}"
    #expect(try recipe(settings, []).method == MethodRecipe(VanillaConfiguration()))
    #expect(
      try recipe(settings, ["method={name: csg}"]).method
        == MethodRecipe(CSGConfiguration(lambda: 0.25, queueCapacity: 7)))
    #expect(
      try recipe(settings, ["method={name: csg}", "method.queue=9"]).method
        == MethodRecipe(CSGConfiguration(lambda: 0.25, queueCapacity: 9)))
    // Settings of a method that is not chosen are read too.
    for (methods, said) in [
      ("{csg: {lamda: 1}}", "'lambda'"), ("{cgs: {}}", "csg"), ("{csg: 3}", "a mapping"),
      ("[csg]", "a mapping"),
    ] {
      #expect {
        try recipe(methods, [])
      } throws: {
        "\($0)".contains(said)
      }
    }
  }

  private func read(_ text: String) throws -> Recipe {
    try Recipe(text: text, source: "recipe.yaml")
  }

  /// The recipe, which is the same when what it writes is read.
  private func readTwice(_ text: String) throws -> Recipe {
    let recipe = try read(text)
    #expect(try Recipe(text: recipe.text(), source: "text") == recipe)
    return recipe
  }
}
