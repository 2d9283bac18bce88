import Generalization
import Inference
import Messages
import Registry
import Settings

/// Every key of a recipe, as the code that reads it declares it.
public struct RecipeReference: Sendable {
  /// A key.
  public struct Entry: Sendable, Equatable {
    /// The section that it stands in; empty at the top.
    public let section: String
    /// The method that it is a setting of; nil for keys of all methods.
    public var method: String?
    /// The key in its section.
    public let key: String
    /// The name of its type: `integer`.
    public let type: String
    /// What applies where a recipe does not set it: for all tasks, or for classification and for segmentation.
    public let defaults: [String]
    /// The values that it takes: `at least 1`; empty where it takes all of its type.
    public let range: String
    /// What it means, in a sentence.
    public let help: String
    /// The only task that has it; nil where all have.
    public var task: TaskName?

    /// The keys that lead to it: `train.batch_size`.
    public var path: String { section.isEmpty ? key : "\(section).\(key)" }
  }

  /// The keys in the order of their sections.
  public let entries: [Entry]

  /// The keys of recipes that name the methods and backbones of `registry`.
  public init(registry: Registry = .standard) {
    var entries = Self.entries(of: RecipeHead.self, in: "", registry)
    entries += [
      Entry(
        section: "", key: "base", type: "text", defaults: ["none"], range: "",
        help: "The recipe that this one is laid over, by its path from this one's folder."),
      Entry(
        section: "", key: "methods", type: "mapping", defaults: ["none"], range: "",
        help: "Settings by the names of methods, for recipes of a whole comparison."),
    ]
    entries += Self.entries(of: DataRecipe.self, in: "data", registry)
    entries += Self.entries(of: ModelRecipe.self, in: "model", registry)
    entries.append(
      Entry(
        section: "method", key: "name", type: "choice", defaults: [Self.mustBeGiven],
        range: SettingKind.choice(registry.methodNames).rangeDescription,
        help: "The system that is trained; its own settings stand beside its name."))
    entries += registry.methods.flatMap { Self.entries(of: $0) }
    entries += Self.entries(of: OptimizerRecipe.self, in: "optimizer", registry)
    entries += Self.entries(of: ScheduleRecipe.self, in: "schedule", registry)
    entries += Self.entries(of: TrainRecipe.self, in: "train", registry)
    entries += Self.entries(of: EvaluateRecipe.self, in: "evaluate", registry)
    self.entries = entries + Self.published
  }

  static let mustBeGiven = "must be given"

  /// The path of every key, each once.
  public var keys: [String] {
    var known = Set<String>()
    return entries.map(\.path).filter { known.insert($0).inserted }
  }

  /// The keys that a name means: those of a section, the key of a path, or all that end in it.
  public func entries(named name: String) -> [Entry] {
    let exact = entries.filter { $0.path == name || $0.path.hasPrefix(name + ".") }
    return exact.isEmpty ? entries.filter { ".\($0.path)".hasSuffix(".\(name)") } : exact
  }

  /// The key that a misspelt name was probably meant to be.
  public func nearestKey(to name: String) -> String? {
    nearestName(to: name, among: keys)
      ?? nearestName(to: name, among: entries.map(\.key)).flatMap { key in
        entries.first { $0.key == key }?.path
      }
  }
}

extension RecipeReference {
  /// The keys of a section, in the order of their declarations; those of classification first.
  private static func entries<Section: RecipeSection>(
    of section: Section.Type, in name: String, _ registry: Registry
  ) -> [Entry] {
    var declared: [[(task: TaskName, setting: Setting<Section>, standard: String)]] = []
    for task in TaskName.allCases {
      let context = RecipeContext(task: task, registry: registry)
      let root = Section(standardIn: context)
      for setting in Section.settings(in: context) {
        let declaration = (task, setting, standard(setting, in: root))
        if let place = declared.firstIndex(where: { $0[0].setting.key == setting.key }) {
          declared[place].append(declaration)
        } else {
          declared.append([declaration])
        }
      }
    }
    return declared.map { forms in
      func joined(_ text: (Setting<Section>) -> String, by separator: String) -> String {
        let texts = forms.map { text($0.setting) }
        return Set(texts).count == 1 ? texts[0] : texts.joined(separator: separator)
      }
      return Entry(
        section: name, key: forms[0].setting.key, type: forms[0].setting.kind.typeName,
        defaults: distinct(forms.map(\.standard)),
        range: joined({ $0.kind.rangeDescription }, by: "; "),
        help: joined({ $0.help }, by: " Segmentation: "),
        task: forms.count == 1 ? forms[0].task : nil)
    }
  }

  /// The settings of a method.
  private static func entries(of method: any MethodConfiguration.Type) -> [Entry] {
    func settings(of type: (some MethodConfiguration).Type) -> [Entry] {
      type.settings.map { setting in
        let standards = TaskName.allCases.map { task in
          standard(setting, in: type.standard(for: task.labelScope))
        }
        return Entry(
          section: "method", method: type.name, key: setting.key, type: setting.kind.typeName,
          defaults: distinct(standards), range: setting.kind.rangeDescription, help: setting.help)
      }
    }
    return settings(of: method)
  }

  private static func standard<Root>(_ setting: Setting<Root>, in root: Root) -> String {
    if setting.isRequired { return mustBeGiven }
    if let absence = setting.absence { return absence }
    switch setting.value(in: root) {
    case .null, .sequence([]), .mapping([]): return "none"
    case .string(let text): return "`\(text)`"
    case let value: return value.description
    }
  }

  private static func distinct(_ texts: [String]) -> [String] {
    Set(texts).count == 1 ? Array(texts.prefix(1)) : texts
  }
}
