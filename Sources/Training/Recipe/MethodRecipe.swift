import Backbones
import Generalization
import YAML

/// `method`: the system of the comparison and its settings.
public enum MethodRecipe: Sendable, Equatable {
  case vanilla
  case csg(CSGConfiguration)

  /// The names a recipe can give.
  public enum Name: String, Sendable, CaseIterable {
    case vanilla
    case csg
  }

  private enum ProjectionHeads: String, CaseIterable {
    case trained
    case frozen
  }

  /// The method's name.
  public var name: Name {
    switch self {
    case .vanilla: .vanilla
    case .csg: .csg
    }
  }

  init(_ mapping: inout YAMLMapping, _ defaults: TaskDefaults) throws {
    switch try mapping.choice("name") as Name {
    case .vanilla: self = .vanilla
    case .csg: self = .csg(try Self.readCSG(&mapping, defaults))
    }
  }

  var yaml: YAMLValue {
    switch self {
    case .vanilla: ["name": "vanilla"]
    case .csg(let csg): Self.yaml(csg)
    }
  }

  private static func readCSG(
    _ mapping: inout YAMLMapping, _ defaults: TaskDefaults
  ) throws -> CSGConfiguration {
    let standard = CSGConfiguration()
    let heads: ProjectionHeads = try mapping.choice("projection_heads", default: .trained)
    return CSGConfiguration(
      lambda: try mapping.double("lambda", default: defaults.lambda, in: 0...),
      stages: try readStages(&mapping) ?? standard.stages,
      grid: try mapping.int("grid", default: defaults.grid, in: 1...64),
      pooling: try mapping.choice("pooling", default: standard.pooling),
      queueCapacity: try mapping.int("queue", default: standard.queueCapacity, in: 1...),
      temperature: try mapping.double(
        "temperature", default: standard.temperature, in: 1e-6...),
      average: MovingAverage(
        momentum: try mapping.double(
          "momentum", default: standard.average.momentum, in: 0...1),
        isRamped: try mapping.bool("ramp", default: standard.average.isRamped)),
      dimension: try mapping.int("dimension", default: standard.dimension, in: 1...65_536),
      trainsProjectionHeads: heads == .trained)
  }

  /// Stages as the paper numbers them, `[3, 4]`.
  private static func readStages(_ mapping: inout YAMLMapping) throws -> [Stage]? {
    guard mapping.keys.contains("stages") else { return nil }
    let numbers = try mapping.ints("stages", in: 0...4)
    return Set(numbers).compactMap(Stage.init(rawValue:))
  }

  private static func yaml(_ csg: CSGConfiguration) -> YAMLValue {
    [
      "name": "csg",
      "lambda": .double(csg.lambda),
      "stages": .sequence(csg.stages.map { .integer($0.rawValue) }),
      "grid": .integer(csg.grid),
      "pooling": .string(csg.pooling.rawValue),
      "queue": .integer(csg.queueCapacity),
      "temperature": .double(csg.temperature),
      "momentum": .double(csg.average.momentum),
      "ramp": .boolean(csg.average.isRamped),
      "dimension": .integer(csg.dimension),
      "projection_heads": csg.trainsProjectionHeads ? "trained" : "frozen",
    ]
  }
}
