import Inference
import Registry
import Runs
import TensorFiles
import Torch
import Training

extension Experiment {
  /// The experiment that `recipe` describes: reads the data and the weights that it names, and gives everything else its
  /// start values.
  /// - Throws: `DatasetError`, `TensorFileError`, `ExperimentError` and other errors of the parts.
  public init(_ recipe: Recipe, device: Device) throws {
    let task = try recipe.makeTask()
    var recipe = recipe
    // The resolved recipe names the rule that chose the checkpoint.
    recipe.evaluate.selection = try recipe.evaluate.plan.decided(for: task).selection
    try self.init(
      task: task, student: recipe.student, method: recipe.method.configuration,
      optimizer: recipe.optimizer.configuration,
      schedule: recipe.optimizer.schedule.schedule(
        base: recipe.optimizer.learningRate,
        batchesPerEpoch: task.sampleCount / recipe.train.batchSize),
      length: recipe.train.length, batchSize: recipe.train.batchSize,
      shuffles: recipe.data.shuffle, balance: recipe.data.balance, seed: recipe.seed,
      styles: recipe.data.styles?.source,
      randomization: StyleRandomization(
        amplitudes: recipe.data.amplitudeJitter, mixing: recipe.train.styleMixing),
      classWeights: recipe.train.classWeights,
      averaging: recipe.train.averaging, ratePolicy: recipe.optimizer.ratePolicy,
      steps: recipe.stepOptions(on: device),
      evaluation: recipe.evaluate.plan, recipe: recipe, device: device)
  }
}

extension Recipe {
  fileprivate var student: Student {
    var student = Student(networkDescription)
    student.adaptation = model.adaptation
    student.precision = train.precision.ofGradients
    student.recomputes = train.recomputes
    student.parts = train.parts
    return student
  }

  fileprivate func stepOptions(on device: Device) -> StepOptions {
    var options = StepOptions()
    options.frozenPrecision = train.frozenPrecision.frozen(on: device)
    options.clipNorm = optimizer.clipNorm
    options.logsIndices = train.logsIndices
    options.recordsSteps = train.recordsSteps
    options.workers = data.workers
    options.onError = data.onError
    options.remembersBytes = data.fingerprint == .bytes
    return options
  }
}

extension EvaluateRecipe {
  fileprivate var plan: EvaluationPlan {
    var plan = EvaluationPlan()
    plan.every = every
    plan.patience = patience
    plan.selection = selection
    plan.precision = precision
    return plan
  }
}

extension Recipe: RunRecipe {
  /// The values by which a run of this recipe takes other steps than a run of the recipe in `text`.
  public func differences(from text: String, source: String) throws -> [RecipeDifference] {
    differences(from: try Recipe(resolved: text, source: source, registry: registry))
  }
}

extension Recipe {
  /// Reads the recipe that a run resolved; those of older runs say nothing of orientations, which were ignored then.
  fileprivate init(resolved text: String, source: String, registry: Registry) throws {
    try self.init(text: text, source: source, registry: registry)
    if !text.contains("exif_orientation:") { data.honoursOrientation = false }
  }
}

extension Recipe {
  /// The recipe that a checkpoint holds; nil where it holds none.
  public init?(ofCheckpoint path: String, registry: Registry = .standard) throws {
    guard let text = try TensorFile.read(path).metadata[CheckpointKey.recipe] else { return nil }
    try self.init(resolved: text, source: "the recipe in \(path)", registry: registry)
  }
}

extension DataRecipe {
  /// The data sets on which a run is judged, each read by its path: all but a share of the training data.
  public var judgedSets: [String] { heldOut + unseen + real }
}

extension NetworkDescription {
  /// The description according to the recipe in a checkpoint, for old checkpoints without their own description; nil where
  /// there is no recipe either.
  public init?(recipeOfCheckpoint path: String, registry: Registry = .standard) throws {
    guard let recipe = try Recipe(ofCheckpoint: path, registry: registry) else { return nil }
    self = recipe.networkDescription
  }
}
