import Backbones
import Datasets
import Generalization
import Imaging
import TensorFiles
import Torch
import TorchNN

/// A recipe turned into data, networks and an optimiser, ready to train.
public struct Experiment {
  /// The recipe, with every default that depends on the data filled in.
  public let recipe: Recipe
  /// Where the networks are.
  public let device: Device
  /// The images that are trained on.
  public let training: ImageDataset
  /// Synthetic images never trained on.
  public let heldOut: ImageDataset?
  /// The real sets.
  public let real: [ImageDataset]
  /// The student.
  public let network: ImageClassifier
  /// The system of the comparison.
  public let method: any Method
  /// The optimiser of student and method.
  public let optimizer: SGD
  /// The rate of each iteration.
  public let schedule: LearningRateSchedule
  /// The batches of each epoch.
  public let order: BatchOrder
  /// The steps of the whole run.
  public let iterations: Int

  /// Reads the data and the weights that `recipe` names, and gives everything else its start.
  ///
  /// The new head starts the same for every method of one seed.
  public init(_ recipe: Recipe, device: Device) throws {
    var recipe = recipe
    (training, heldOut) = try Self.synthetic(recipe.data)
    real = try recipe.data.real.map { try ImageDataset(at: $0) }
    for dataset in real + (heldOut.map { [$0] } ?? []) { try dataset.requireClasses(of: training) }
    recipe.evaluate.selection = try Self.selectionRule(recipe)

    order = BatchOrder(
      sampleCount: training.samples.count, batchSize: recipe.train.batchSize,
      shuffleSeed: recipe.data.shuffle ? recipe.seed : nil)
    guard order.batchesPerEpoch > 0 else {
      throw DatasetError.tooSmall(
        path: training.path, samples: training.samples.count, batchSize: recipe.train.batchSize)
    }
    iterations =
      switch recipe.train.length {
      case .iterations(let count): count
      case .epochs(let count): count * order.batchesPerEpoch
      }

    let generator = try Generator(seed: recipe.seed)
    var network = try ImageClassifier(
      backbone: recipe.model.backbone.make(), classes: training.classes.count,
      hidden: recipe.model.headWidth)
    network.precision = recipe.train.precision
    self.network = network
    try network.head.initialize(using: generator)
    try Self.loadBackbone(network.backbone, recipe.model, generator)
    method = try Self.makeMethod(recipe, student: network.backbone, generator, device)
    try network.backbone.move(to: device)
    try network.head.move(to: device)

    optimizer = SGD(
      [
        .init(
          network.backbone.namedParameters().map { $0.prefixed(CheckpointKey.student) },
          rate: recipe.optimizer.backboneRate),
        .init(
          (network.headTensors + method.trainedTensors)
            .map { $0.prefixed(CheckpointKey.student) },
          rate: 1),
      ],
      momentum: recipe.optimizer.momentum, weightDecay: recipe.optimizer.weightDecay,
      form: recipe.optimizer.form)
    schedule = LearningRateSchedule(
      base: recipe.optimizer.learningRate, iterations: iterations,
      warmup: recipe.optimizer.schedule.warmup, power: recipe.optimizer.schedule.power)
    self.recipe = recipe
    self.device = device
  }

  /// The training images as batches of views.
  func samples() throws -> ClassificationSamples {
    let preparation: ClassificationSamples.Preparation =
      switch recipe.data.augmentation {
      case .none: .plain
      case .randaugment:
        .augmented(
          try RandAugment(
            operations: recipe.data.operations, magnitude: recipe.data.magnitude),
          seed: recipe.seed)
      }
    return ClassificationSamples(
      training, preparation: preparation, size: recipe.data.imageSize,
      needsKeyView: method.usesKeyView,
      normalization: try ChannelNormalization(network.backbone.pixelScaling))
  }

  /// The images to train on, and those to select on where the recipe has any.
  private static func synthetic(
    _ data: DataRecipe
  ) throws -> (training: ImageDataset, heldOut: ImageDataset?) {
    let training = try ImageDataset(at: data.train)
    guard let share = data.heldOutFraction else {
      return (training, try data.heldOut.map { try ImageDataset(at: $0) })
    }
    let split = training.holdingOut(share)
    return (split.training, split.heldOut)
  }

  private static func selectionRule(_ recipe: Recipe) throws -> SelectionRule {
    let hasHeldOut = recipe.data.heldOut != nil || recipe.data.heldOutFraction != nil
    let rule = recipe.evaluate.selection ?? (hasHeldOut ? .source : .last)
    let isPossible =
      switch rule {
      case .source: hasHeldOut
      case .target: !recipe.data.real.isEmpty
      case .last: true
      }
    guard isPossible else { throw RecipeError.nothingToSelectOn(rule) }
    return rule
  }

  private static func loadBackbone(
    _ backbone: any Backbone, _ model: ModelRecipe, _ generator: Generator
  ) throws {
    let path: String
    switch model.weights {
    case .random:
      try backbone.initialize(using: generator)
      return
    case .imageNet: path = try model.backbone.publishedWeights()
    case .file(let file): path = file
    }
    do {
      try backbone.loadWeights(at: path)
    } catch let mismatch as StateDictMismatch {
      throw TrainingError.weightsDoNotFit(path: path, mismatch: mismatch)
    }
  }

  private static func makeMethod(
    _ recipe: Recipe, student: any Backbone, _ generator: Generator, _ device: Device
  ) throws -> any Method {
    switch recipe.method {
    case .vanilla: return Vanilla()
    case .csg(let configuration):
      let teacher = try recipe.model.backbone.make()
      try teacher.load(student.stateDict())
      return try CSG(configuration, teacher: teacher, generator: generator, device: device)
    }
  }
}
