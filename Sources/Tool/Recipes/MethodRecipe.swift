import Generalization
import Inference
import Registry
import YAML

/// `method`: the system of the comparison and its settings.
public struct MethodRecipe: Sendable, Equatable {
  /// The settings of the method; each method has its own type.
  public var configuration: any MethodConfiguration

  /// The name of the method in recipes and tables.
  public var name: String { type(of: configuration).name }

  /// A method with its settings.
  public init(_ configuration: any MethodConfiguration) {
    self.configuration = configuration
  }

  init(_ mapping: inout YAMLMapping, _ task: TaskName, _ registry: Registry) throws {
    let name = try mapping.choice("name", among: registry.methodNames)
    configuration = try registry.method(named: name).standard(for: task.labelScope)
    try configuration.read(from: &mapping)
    try mapping.finish(of: "the method '\(name)'")
  }

  var yaml: YAMLValue {
    .mapping([.init(key: "name", value: .string(name))] + configuration.settingValues)
  }

  /// Whether both are the same method with the same settings.
  public static func == (a: MethodRecipe, b: MethodRecipe) -> Bool {
    a.configuration.isEqual(to: b.configuration)
  }
}
