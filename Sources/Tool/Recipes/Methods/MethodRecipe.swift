import Backbones
import Generalization
import Inference
import YAML

/// `method`: the system of the comparison and its settings.
public enum MethodRecipe: Sendable, Equatable {
  case oracle
  case vanilla
  case weightDistance(WeightDistanceConfiguration)
  case synapticIntelligence(SynapticIntelligenceConfiguration)
  case featureDistance(FeatureDistanceConfiguration)
  case asg(ASGConfiguration)
  case domainRandomization(DomainRandomizationConfiguration)
  case csg(CSGConfiguration)

  /// The names a recipe can give.
  public enum Name: String, Sendable, CaseIterable {
    case oracle
    case vanilla
    case weightDistance = "weight-distance"
    case synapticIntelligence = "synaptic-intelligence"
    case featureDistance = "feature-distance"
    case asg
    case domainRandomization = "domain-randomization"
    case csg
  }

  /// The method's name.
  public var name: String { method.rawValue }

  /// The method.
  public var method: Name {
    switch self {
    case .oracle: .oracle
    case .vanilla: .vanilla
    case .weightDistance: .weightDistance
    case .synapticIntelligence: .synapticIntelligence
    case .featureDistance: .featureDistance
    case .asg: .asg
    case .domainRandomization: .domainRandomization
    case .csg: .csg
    }
  }

  init(_ mapping: inout YAMLMapping, _ task: TaskName) throws {
    switch try mapping.choice("name") as Name {
    case .oracle: self = .oracle
    case .vanilla: self = .vanilla
    case .weightDistance: self = .weightDistance(try .init(&mapping, task))
    case .synapticIntelligence: self = .synapticIntelligence(try .init(&mapping, task))
    case .featureDistance: self = .featureDistance(try .init(&mapping, task))
    case .asg: self = .asg(try .init(&mapping, task))
    case .domainRandomization: self = .domainRandomization(try .init(&mapping, task))
    case .csg: self = .csg(try .init(&mapping, task))
    }
  }

  var yaml: YAMLValue {
    let settings: [(String, YAMLValue)] =
      switch self {
      case .oracle, .vanilla: []
      case .weightDistance(let configuration): configuration.members
      case .synapticIntelligence(let configuration): configuration.members
      case .featureDistance(let configuration): configuration.members
      case .asg(let configuration): configuration.members
      case .domainRandomization(let configuration): configuration.members
      case .csg(let configuration): configuration.members
      }
    return .mapping(
      ([("name", .string(name))] + settings).map { .init(key: $0.0, value: $0.1) })
  }
}

/// The settings of a method as a recipe holds them.
protocol MethodSettings {
  /// Reads the settings; what is not said has the paper's value for the task.
  init(_ mapping: inout YAMLMapping, _ task: TaskName) throws
  /// Every setting.
  var members: [(String, YAMLValue)] { get }
}

extension YAMLMapping {
  /// Stages as the paper numbers them, `[3, 4]`.
  mutating func stages(_ key: String, default fallback: [Stage]) throws -> [Stage] {
    guard keys.contains(key) else { return fallback }
    return Set(try ints(key, in: 0...4)).compactMap(Stage.init(rawValue:)).sorted()
  }
}

extension [Stage] {
  /// Their numbers.
  var yaml: YAMLValue { .sequence(map { .integer($0.rawValue) }) }
}
