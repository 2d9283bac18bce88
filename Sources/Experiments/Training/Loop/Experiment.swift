import Backbones
import Datasets
import Generalization
import TensorFiles
import Torch
import TorchNN

/// A recipe turned into data, networks and an optimiser, ready to train.
public struct Experiment {
  /// The recipe, with every default that depends on the data filled in.
  public let recipe: Recipe
  /// Where the networks are.
  public let device: Device
  /// What is learned, with its data.
  public let task: any LearningTask
  /// The student.
  public let network: any TaskNetwork
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
  /// The versions of training images in other styles, where the method looks at any.
  private let styles: StyledViews?

  /// Reads the data and the weights that `recipe` names, and gives everything else its start.
  ///
  /// The new head starts the same for every method of one seed.
  public init(_ recipe: Recipe, device: Device) throws {
    try self.init(recipe, task: recipe.makeTask(), device: device)
  }

  /// The same of a task of one's own.
  package init(_ recipe: Recipe, task: any LearningTask, device: Device) throws {
    var recipe = recipe
    self.task = task
    recipe.evaluate.selection = try Self.selectionRule(recipe, task)

    order = BatchOrder(
      sampleCount: task.sampleCount, batchSize: recipe.train.batchSize,
      shuffleSeed: recipe.data.shuffle ? recipe.seed : nil)
    guard order.batchesPerEpoch > 0 else {
      throw DatasetError.tooSmall(
        path: task.trainingPath, samples: task.sampleCount, batchSize: recipe.train.batchSize)
    }
    iterations =
      switch recipe.train.length {
      case .iterations(let count): count
      case .epochs(let count): count * order.batchesPerEpoch
      }

    let generator = try Generator(seed: recipe.seed)
    var network = try task.makeNetwork()
    network.precision = recipe.train.precision
    self.network = network
    try network.head.initialize(using: generator)
    try Self.loadBackbone(network.backbone, recipe.model, generator)
    method = try recipe.method.make(
      student: network, makeTeacher: recipe.makeBackbone, seed: recipe.seed, generator: generator,
      device: device)
    styles = try Self.styles(recipe, task, count: method.styledViewCount)
    if !method.trainsBackbone { try network.backbone.freeze() }
    network.backbone.recomputes = recipe.train.recomputes && method.trainsBackbone
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

  /// Which checkpoint the figures are of.
  var selectionRule: SelectionRule { recipe.evaluate.selection ?? .last }

  /// Whether the network is judged after so many steps.
  func isEvaluationDue(after iteration: Int) -> Bool {
    let interval = recipe.evaluate.every ?? order.batchesPerEpoch
    return iteration == iterations || iteration % interval == 0
  }

  /// Whether the passes of a step are to be recorded: on a CUDA device, and where they are the same in every step.
  var recordsSteps: Bool {
    recipe.train.recordsSteps && device != .cpu && !network.changesInTraining
  }

  /// The training images as batches of views.
  func samples() throws -> any SampleSource {
    try task.trainingSamples(
      for: network.backbone, needsKeyView: method.usesKeyView, styles: styles)
  }

  private static func styles(
    _ recipe: Recipe, _ task: any LearningTask, count: Int
  ) throws -> StyledViews? {
    guard count > 0 else { return nil }
    guard let styles = recipe.data.styles else {
      throw RecipeError.noStyles(method: recipe.method.name.rawValue)
    }
    return try styles.views(of: task, count: count, seed: recipe.seed)
  }

  private static func selectionRule(
    _ recipe: Recipe, _ task: any LearningTask
  ) throws -> SelectionRule {
    let rule = recipe.evaluate.selection ?? (task.hasHeldOutData ? .source : .last)
    let isPossible =
      switch rule {
      case .source: task.hasHeldOutData
      case .target: !recipe.data.real.isEmpty || !recipe.data.unseen.isEmpty
      case .last: true
      }
    guard isPossible else { throw RecipeError.nothingToSelectOn(rule) }
    return rule
  }

  private static func loadBackbone(
    _ backbone: any Backbone, _ model: ModelRecipe, _ generator: Generator
  ) throws {
    if let path = try model.weightsPath() {
      try backbone.loadFirstWeights(at: path)
    } else {
      try backbone.initialize(using: generator)
    }
  }
}
