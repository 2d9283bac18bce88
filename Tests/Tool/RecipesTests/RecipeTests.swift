import Backbones
import Datasets
import Foundation
import Generalization
import Recipes
import Testing
import Training

/// What recipes say and leave unsaid, and that what they write reads back equal.
@Suite struct RecipeTests: ReadingRecipes {
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
        frozen_precision: float32, recompute: true, accumulate: 2, cuda_graph: false}
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
    #expect(!recipe.train.recordsSteps)
    #expect(recipe.evaluate.precision == .bfloat16)
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
}
