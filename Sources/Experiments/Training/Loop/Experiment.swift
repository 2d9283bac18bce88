import Backbones
import Datasets
import Generalization
import Inference
import Runs
import Torch
import TorchNN

/// A run made from its parts, ready to be trained by a `Trainer`.
public struct Experiment {
  /// The name of the method in tables and records.
  public let methodName: String
  /// What is learned, with its data.
  public let task: any LearningTask
  /// The student network.
  public let network: any TaskNetwork
  /// The description of the student in checkpoints, so that it can be built again from them alone.
  public let networkDescription: NetworkDescription?
  /// The system of the comparison.
  public let method: any Method
  /// The optimiser of student and method.
  public let optimizer: any Optimizer
  /// The learning rate of each iteration.
  public let schedule: any LearningRateSchedule
  /// The order of samples and the batches of each epoch.
  public let order: BatchOrder
  /// The number of steps of the whole run.
  public let iterations: Int
  /// The data sets as they are now.
  let data: RunData
  /// What its data sets held when they were read.
  public var dataFingerprints: [DatasetFingerprint] { data.fingerprints }
  /// The seed of weights, order and everything else that is drawn at random.
  public let seed: UInt64
  /// How steps are taken.
  public let steps: StepOptions
  /// What is changed at random about styles.
  let randomization: StyleRandomization
  /// When the network is evaluated; the rule is no longer nil.
  public let evaluation: EvaluationPlan
  /// The device of the networks.
  public let device: Device
  /// The recipe that named the parts, if there is one.
  public let recipe: (any RunRecipe)?
  /// The average of the student's weights, if they are averaged.
  public let average: WeightAverage?
  /// How they are averaged.
  let averaging: WeightAveraging?
  /// The policy of the rates of the backbone's layers, if there is one.
  let rates: LearnedRates?
  /// The versions of training images in other styles, if the method uses any.
  private let styles: StyledViews?

  /// Makes an experiment from its parts and gives each part its start values: weights, projection heads, queue and momentum.
  ///
  /// With one seed, the new head starts the same for every method.
  /// - Parameters:
  ///   - task: what is learned, with its data.
  ///   - student: the network that learns it.
  ///   - method: what is added to the task loss.
  ///   - optimizer: how parameters follow their gradients.
  ///   - schedule: the learning rate of each iteration.
  ///   - length: how long the run is.
  ///   - batchSize: the number of images in a step.
  ///   - shuffles: whether every epoch has its own order.
  ///   - balance: whether every class, or every domain, is drawn equally often.
  ///   - seed: the seed of weights, order and everything else that is drawn at random.
  ///   - styles: the source of images in other styles, for methods that use them.
  ///   - randomization: what is changed at random about the styles of images and maps.
  ///   - classWeights: how much the classes count in the task loss.
  ///   - averaging: how the student's weights are averaged; nil for not at all.
  ///   - ratePolicy: how the rates of the backbone's layers are chosen; nil for those of the optimiser.
  ///   - steps: how steps are taken.
  ///   - evaluation: when the network is evaluated, and by which rule a checkpoint is selected.
  ///   - recipe: the recipe that named the parts.
  ///   - device: the device of the networks.
  /// - Throws: `DatasetError.tooSmall` for fewer images than one batch, `ExperimentError`, and the errors of reading weights.
  public init(
    task: any LearningTask, student: Student, method: any MethodConfiguration,
    optimizer: any OptimizerConfiguration = SGDConfiguration(),
    schedule: any LearningRateSchedule, length: RunLength, batchSize: Int,
    shuffles: Bool = true, balance: SampleBalance = .none, seed: UInt64 = 0,
    styles: (any StyleSource)? = nil, randomization: StyleRandomization = .init(),
    classWeights: ClassWeights = .none,
    averaging: WeightAveraging? = nil, ratePolicy: RatePolicySettings? = nil,
    steps: StepOptions = .init(),
    evaluation: EvaluationPlan = .init(),
    recipe: (any RunRecipe)? = nil,
    device: Device = .cpu
  ) throws {
    try Self.require(batchSize, "the batch size")
    if let every = evaluation.every { try Self.require(every, "evaluation.every") }
    self.task = task
    data = try RunData(
      task.datasets, styles: styles?.picturesFolder, readsContents: steps.remembersBytes)
    self.evaluation = try evaluation.decided(for: task)
    if averaging?.isChosenByLosses == true {
      guard task.hasHeldOutData else { throw ExperimentError.nothingToAverageBy }
      guard task.judgesLosses else { throw ExperimentError.noLossToAverageBy }
    }
    order = try Self.order(of: task, batchSize, balance, shuffleSeed: shuffles ? seed : nil)
    guard order.batchesPerEpoch > 0 else {
      throw DatasetError.tooSmall(
        path: task.trainingPath, samples: task.sampleCount, batchSize: batchSize)
    }
    iterations = try length.iterations(batchesPerEpoch: order.batchesPerEpoch)
    try Self.require(iterations, "the number of iterations")

    let generator = try Generator(seed: seed)
    var network = try student.makeNetwork(student.makeBackbone(), task.classNames.count)
    network.precision = student.precision
    if let weights = try classWeights.values(for: task.classNames, counted: task.countedClasses) {
      network = try Self.weighting(network, by: weights, on: device)
    }
    try network.head.initialize(using: generator)
    if let path = try student.weights() {
      try network.backbone.loadFirstWeights(at: path)
    } else {
      try network.backbone.initialize(using: generator)
    }
    let backbone = network.backbone
    if randomization.mixing != nil {
      try backbone.requireMaps()
      guard student.parts == 1 else { throw ExperimentError.mixedParts }
    }
    self.randomization = randomization
    try student.adaptation.apply(to: backbone, using: generator)
    self.method = try method.makeMethod(
      MethodStart(
        student: network, seed: seed, generator: generator, device: device,
        classNames: task.classNames, iterations: iterations, batchesPerEpoch: order.batchesPerEpoch,
        domainCount: (task.sampleDomains?.max() ?? 0) + 1,
        makeBackbone: student.makeBackbone))
    methodName = type(of: method).name
    guard student.parts == 1 || !self.method.changesMaps else {
      throw ExperimentError.changedParts(method: methodName)
    }
    self.styles = try Self.views(
      from: styles, of: task, count: self.method.styledViewCount, seed: seed, methodName)
    if !self.method.trainsBackbone { try backbone.freeze() }
    // Of a backbone that is not trained, a pass keeps nothing that could be computed again.
    backbone.recomputes = student.recomputes && backbone.isTrained
    self.network = try network.taking(batchesOf: batchSize, inParts: student.parts)
    try backbone.move(to: device)
    try network.head.move(to: device)
    self.optimizer = try optimizer.makeOptimizer(
      backbone: backbone.namedParameters().map { $0.prefixed(CheckpointKey.student) },
      heads: (network.headTensors + self.method.trainedTensors)
        .map { $0.prefixed(CheckpointKey.student) })
    guard ratePolicy == nil || task.hasHeldOutData else {
      throw ExperimentError.nothingToRewardBy
    }
    rates = try ratePolicy.map { [optimizer = self.optimizer] in
      try LearnedRates(of: optimizer, by: $0, seed: seed)
    }
    self.averaging = averaging
    average = averaging.map { [iterations] in
      WeightAverage(of: network, by: $0, iterations: iterations)
    }
    self.schedule = schedule
    self.seed = seed
    self.steps = steps
    self.recipe = recipe
    self.device = device
    networkDescription = student.description
  }

  /// The rule for the checkpoint that the final figures come from.
  var selectionRule: SelectionRule { evaluation.selection ?? .last }

  /// The rule for the averaged weights that the final figures come from: where losses choose them, there is one average at a time,
  /// and the last is the run's.
  package var averageSelectionRule: SelectionRule {
    averaging?.isChosenByLosses == true ? .last : selectionRule
  }

  /// Whether the network is evaluated after this number of steps.
  package func isEvaluationDue(after iteration: Int) -> Bool {
    let interval = evaluation.every ?? order.batchesPerEpoch
    return iteration == iterations || iteration % interval == 0
  }

  /// Whether the passes of a step should be recorded: only on a CUDA device, and if they are the same in every step.
  var recordsSteps: Bool {
    steps.recordsSteps && device != .cpu && !network.changesInTraining && !method.changesInSteps
      && randomization.mixing == nil
  }

  /// The learning rate of `iteration`.
  func learningRate(at iteration: Int) -> Double {
    schedule.learningRate(at: iteration, of: iterations)
  }

  /// The training images as batches of views.
  func samples() throws -> any SampleSource {
    try task.trainingSamples(
      for: network.backbone, needsKeyView: method.usesKeyView, styles: styles)
  }

  private static func require(_ value: Int, _ name: String) throws(ExperimentError) {
    guard value > 0 else { throw .tooSmall(name: name, value) }
  }

  private static func order(
    of task: any LearningTask, _ batchSize: Int, _ balance: SampleBalance, shuffleSeed: UInt64?
  ) throws -> BatchOrder {
    switch balance {
    case .none:
      return BatchOrder(
        sampleCount: task.sampleCount, batchSize: batchSize, shuffleSeed: shuffleSeed)
    case .classes:
      guard let labels = task.sampleLabels else { throw ExperimentError.noClassesToBalance }
      return BatchOrder(balancing: labels, batchSize: batchSize, shuffleSeed: shuffleSeed)
    case .domains:
      guard let domains = task.sampleDomains else { throw ExperimentError.noDomainsToBalance }
      return BatchOrder(balancing: domains, batchSize: batchSize, shuffleSeed: shuffleSeed)
    }
  }

  private static func weighting(
    _ network: any TaskNetwork, by weights: [Double], on device: Device
  ) throws -> any TaskNetwork {
    guard var weighting = network as? any ClassWeighting else {
      throw ExperimentError.lossWithoutWeights(network: "\(type(of: network))")
    }
    weighting.classWeights = try Tensor(weights.map(Float.init)).moved(to: device)
    return weighting
  }

  private static func views(
    from source: (any StyleSource)?, of task: any LearningTask, count: Int, seed: UInt64,
    _ method: String
  ) throws -> StyledViews? {
    guard count > 0 else { return nil }
    guard let source else { throw ExperimentError.noStyles(method: method) }
    return StyledViews(count: count, of: try source.views(of: task), seed: seed)
  }
}

extension EvaluationPlan {
  /// The plan with a rule for which `task` has the data.
  package func decided(for task: any LearningTask) throws(ExperimentError) -> EvaluationPlan {
    var plan = self
    let rule = selection ?? (task.hasHeldOutData ? .source : .last)
    let isPossible =
      switch rule {
      case .source: task.hasHeldOutData
      case .target: task.hasOtherDomains
      case .last: true
      }
    guard isPossible else { throw .nothingToSelectOn(rule) }
    guard patience == nil || task.hasHeldOutData else { throw .nothingToWaitFor }
    plan.selection = rule
    return plan
  }
}
