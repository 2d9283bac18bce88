import Analysis
import Foundation
import Inference
import Registry
import YAML

/// Everything that determines a run, as a YAML file says it.
public struct Recipe: Sendable, Equatable {
  /// What is learned.
  public var task: TaskName
  /// The seed of weights, order and augmentation.
  public var seed: UInt64
  /// Which images, and what is done to them.
  public var data: DataRecipe
  /// The network and where its weights come from.
  public var model: ModelRecipe
  /// The system of the comparison.
  public var method: MethodRecipe
  /// The optimiser and the schedule of its rate.
  public var optimizer: OptimizerRecipe
  /// How long, in what steps.
  public var train: TrainRecipe
  /// When and how the network is judged.
  public var evaluate: EvaluateRecipe
  /// What was published of this experiment; it changes nothing of a run.
  public var published: PublishedFigures?

  /// Where the names of method and backbone were looked up.
  private(set) var registry: Registry

  /// The recipe of a file, with `overrides` of the form `key.path=value` laid over it.
  ///
  /// A key `base` at the top names a recipe, its path from the file's folder, over which the file is laid: mappings
  /// are merged key by key, everything else is replaced, and null stands for the default. A mapping with another
  /// `name`, such as another method, replaces the whole one. A mapping `methods` at the top holds the settings of
  /// methods by their names, on which that of `method` stands: so one recipe serves a whole comparison.
  /// - Throws: `YAMLError` naming file, line and key for what cannot be read, is unknown or of the wrong type.
  /// - Parameter registry: the methods and backbones that it can name.
  public init(
    contentsOf path: String, overrides: [String] = [], registry: Registry = .standard
  ) throws {
    var node = try YAMLNode(contentsOfFile: path, layeredOver: "base", replacingByName: "name")
    for assignment in overrides { try node.set(assignment) }
    let joined = try node.joining("method", withSettingsIn: "methods", of: "name")
    try self.init(joined.node, registry)
    for settings in joined.settings {
      var mapping = try YAMLMapping(settings)
      _ = try MethodRecipe(&mapping, task, registry)
      try mapping.finish()
    }
  }

  /// The recipe of a text, such as that in a checkpoint.
  /// - Parameter registry: the methods and backbones that it can name.
  public init(text: String, source: String, registry: Registry = .standard) throws {
    try self.init(YAMLNode(parsing: text, source: source), registry)
  }

  private init(_ node: YAMLNode, _ registry: Registry) throws {
    self.registry = registry
    var root = try YAMLMapping(node)
    // A misspelt section first: it would else be missed for the values it should hold.
    for key in Self.sections { _ = root.optionalNode(key) }
    try root.finish()
    let task = try root.choice("task", default: TaskName.classification)
    let defaults = TaskDefaults(task)
    self.task = task
    seed = UInt64(try root.int("seed", default: 0, in: 0...))
    data = try root.section("data") { try DataRecipe(&$0, task) }
    model = try root.section("model") { try ModelRecipe(&$0, task, registry) }
    method = try root.section("method") { try MethodRecipe(&$0, task, registry) }
    optimizer = try root.section("optimizer") { try OptimizerRecipe(&$0, defaults) }
    let schedule = try root.section("schedule") { try ScheduleRecipe(&$0) }
    optimizer.schedule = schedule
    train = try root.section("train") { try TrainRecipe(&$0, defaults) }
    evaluate = try root.section("evaluate") { try EvaluateRecipe(&$0, task) }
    published = try root.optionalMapping("published").map { try PublishedFigures($0, registry) }
  }

  private static let sections = [
    "task", "seed", "data", "model", "method", "optimizer", "schedule", "train", "evaluate",
    "published",
  ]

  /// Whether a run of this recipe takes the very steps of one of `other`: the number of threads that read images
  /// makes no difference, nor does what was published or is remembered of the data.
  func trains(like other: Recipe) -> Bool {
    var recipe = self
    recipe.data.workers = other.data.workers
    recipe.data.fingerprint = other.data.fingerprint
    recipe.published = other.published
    recipe.registry = other.registry
    return recipe == other
  }

  /// Every value that has an effect, defaults included, as YAML that reads back to an equal recipe.
  public func text() throws -> String {
    let value: YAMLValue = [
      "task": .string(task.rawValue),
      "seed": .integer(Int(clamping: seed)),
      "data": data.yaml,
      "model": model.yaml,
      "method": method.yaml,
      "optimizer": optimizer.yaml,
      "schedule": optimizer.schedule.yaml,
      "train": train.yaml,
      "evaluate": evaluate.yaml,
    ]
    return try value.text()
  }
}

extension YAMLMapping {
  /// Reads the mapping under `key`, empty where absent, and refuses what `read` did not ask for.
  mutating func section<Section>(
    _ key: String, read: (inout YAMLMapping) throws -> Section
  ) throws -> Section {
    var mapping = try mapping(key, emptyIfAbsent: true)
    let section = try read(&mapping)
    try mapping.finish()
    return section
  }
}
