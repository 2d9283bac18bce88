import Analysis
import Foundation
import Inference
import Registry
import Training
import YAML

/// Everything that determines a run, as written in a YAML file.
public struct Recipe: Sendable, Equatable {
  /// What is learned.
  public var task: TaskName
  /// The seed of weights, order and augmentation.
  public var seed: UInt64
  /// Which images are used, and what is done to them.
  public var data: DataRecipe
  /// The network and where its weights come from.
  public var model: ModelRecipe
  /// The system of the comparison.
  public var method: MethodRecipe
  /// The optimiser and the schedule of its learning rate.
  public var optimizer: OptimizerRecipe
  /// How long the run is and how its steps are taken.
  public var train: TrainRecipe
  /// When and how the network is judged.
  public var evaluate: EvaluateRecipe
  /// The figures published for this experiment; they have no effect on a run.
  public var published: PublishedFigures?

  /// The registry in which the names of method and backbone were looked up.
  private(set) var registry: Registry
  /// Where data that are not there were looked for.
  private(set) var places = RecipePlaces()

  /// Reads the recipe in a file, then applies `overrides` of the form `key.path=value`.
  ///
  /// Where there is no such file, the recipe of this name among those that come with the program is read: they are looked
  /// for in the `ResourceFolders` of `Recipes`, with the variable `SYN2REAL_RECIPES`. The same holds for the key `base`.
  ///
  /// A key `base` at the top level names another recipe, by its path from the file's folder, which this file changes:
  /// mappings are merged key by key, everything else is replaced, and null means the default. A mapping with another `name`,
  /// such as another method, replaces the whole mapping; of two keys that say the same in different ways, such as `train.epochs`
  /// and `train.iterations`, the upper file's takes the place of the base's, and an override's that of a file's. A path of data
  /// or weights is looked for from the working folder, then from the folder of the file that names it. Where `data.train` names
  /// other data, the sets that belong to the
  /// base's are not taken over. A mapping `methods` at the top level holds the settings of methods
  /// by their names; the settings in `method` are applied on top of these. So one recipe serves a whole comparison.
  /// - Throws: `YAMLError` with file, line and key for values that cannot be read, are unknown or have the wrong type;
  ///   `RecipeError` for values that contradict each other, and for a name that no recipe has.
  /// - Parameter registry: the methods and backbones that it can name.
  public init(
    contentsOf path: String, overrides: [String] = [], registry: Registry = .standard
  ) throws {
    var node = try YAMLNode(
      contentsOfFile: try InstalledRecipes.path(path), layeredOver: "base", replacingByName: "name",
      dropping: YAMLDependentKeys(in: "data", of: "train", DataRecipe.keysOfTrainingData),
      rivals: Self.rivals, locate: InstalledRecipes.find)
    for assignment in overrides { try node.set(assignment, over: Self.rivals) }
    var places = RecipePlaces()
    node = places.resolved(node)
    let joined = try node.joining("method", withSettingsIn: "methods", of: "name")
    try self.init(joined.node, registry)
    self.places = places
    for settings in joined.settings {
      var mapping = try YAMLMapping(settings)
      _ = try MethodRecipe(&mapping, task, registry)
      try mapping.finish()
    }
  }

  /// Reads the recipe in a text, such as the one in a checkpoint.
  /// - Parameter registry: the methods and backbones that it can name.
  public init(text: String, source: String, registry: Registry = .standard) throws {
    try self.init(YAMLNode(parsing: text, source: source), registry)
  }

  private init(_ node: YAMLNode, _ registry: Registry) throws {
    self.registry = registry
    var root = try YAMLMapping(node)
    // Misspelt sections are reported first; otherwise the error would be about the values that they should hold.
    for key in Self.sections { _ = root.optionalNode(key) }
    try root.finish()
    let head = try RecipeHead(&root, RecipeContext(task: .classification, registry: registry))
    let context = RecipeContext(task: head.task, registry: registry)
    task = head.task
    seed = head.seed
    data = try root.section("data") { try DataRecipe(&$0, context) }
    model = try root.section("model") { try ModelRecipe(&$0, context) }
    method = try root.section("method") { try MethodRecipe(&$0, context.task, registry) }
    optimizer = try root.section("optimizer") { try OptimizerRecipe(&$0, context) }
    optimizer.schedule = try root.section("schedule") { try ScheduleRecipe(&$0, context) }
    train = try root.section("train") { try TrainRecipe(&$0, context) }
    evaluate = try root.section("evaluate") { try EvaluateRecipe(&$0, context) }
    published = try root.optionalMapping("published").map { try PublishedFigures($0, registry) }
  }

  /// Keys of which one alone applies.
  private static let rivals = [
    YAMLRivals(in: "train", ["epochs", "iterations"]),
    YAMLRivals(in: "data.styles", ["folder", "stylised"]),
    YAMLRivals(in: "schedule", ["warmup", "warmup_epochs"]),
  ]

  private static let sections = [
    "task", "seed", "data", "model", "method", "optimizer", "schedule", "train", "evaluate",
    "published",
  ]

  /// The values by which a run of this recipe takes other steps than a run of `other`: the number of threads that read images,
  /// recorded steps, published figures and fingerprints of the data make no difference.
  func differences(from other: Recipe) -> [RecipeDifference] {
    var recipe = self
    recipe.data.workers = other.data.workers
    recipe.data.fingerprint = other.data.fingerprint
    recipe.train.recordsSteps = other.train.recordsSteps
    recipe.published = other.published
    recipe.registry = other.registry
    guard recipe != other else { return [] }
    let (now, before) = (recipe.value.leaves, other.value.leaves)
    let keys = now.map(\.key) + before.map(\.key).filter { key in !now.contains { $0.key == key } }
    return keys.compactMap { key in
      let value = now.first { $0.key == key }?.value
      let earlier = before.first { $0.key == key }?.value
      guard value != earlier else { return nil }
      return RecipeDifference(
        key: key, value: value, earlier: earlier,
        isLength: ["train.epochs", "train.iterations"].contains(key))
    }
  }

  /// Every value that has an effect, including defaults, as YAML that reads back to an equal recipe.
  public func text() throws -> String { try value.text() }

  /// The same values by their paths of keys.
  public var settings: [(key: String, value: String)] { value.leaves }

  private var value: YAMLValue {
    let context = RecipeContext(task: task, registry: registry)
    let sections: YAMLValue = [
      "data": data.yaml(in: context),
      "model": model.yaml(in: context),
      "method": method.yaml,
      "optimizer": optimizer.yaml(in: context),
      "schedule": optimizer.schedule.yaml(in: context),
      "train": train.yaml(in: context),
      "evaluate": evaluate.yaml(in: context),
    ]
    guard case .mapping(let head) = RecipeHead(task: task, seed: seed).yaml(in: context),
      case .mapping(let members) = sections
    else { return .null }
    return .mapping(head + members)
  }
}

extension YAMLValue {
  /// The values below the keys of a mapping and its mappings, by the path of keys.
  fileprivate var leaves: [(key: String, value: String)] {
    guard case .mapping(let members) = self else { return [("", description)] }
    return members.flatMap { member in
      member.value.leaves.map { leaf in
        (leaf.key.isEmpty ? member.key : "\(member.key).\(leaf.key)", leaf.value)
      }
    }
  }
}

extension YAMLMapping {
  /// Reads the mapping under `key`, which is empty if absent, and refuses keys that `read` did not ask for.
  mutating func section<Section>(
    _ key: String, read: (inout YAMLMapping) throws -> Section
  ) throws -> Section {
    var mapping = try mapping(key, emptyIfAbsent: true)
    let section = try read(&mapping)
    try mapping.finish()
    return section
  }
}
