import Generalization
import Inference
import YAML

extension CSGConfiguration: MethodSettings {
  private enum ProjectionHeads: String, CaseIterable {
    case trained
    case frozen
  }

  init(_ mapping: inout YAMLMapping, _ task: TaskName) throws {
    let standard = CSGConfiguration()
    let defaults = TaskDefaults(task)
    let heads: ProjectionHeads = try mapping.choice("projection_heads", default: .trained)
    self.init(
      lambda: try mapping.double("lambda", default: defaults.lambda, in: 0...),
      stages: try mapping.stages("stages", default: standard.stages),
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

  var members: [(String, YAMLValue)] {
    [
      ("lambda", .double(lambda)),
      ("stages", stages.yaml),
      ("grid", .integer(grid)),
      ("pooling", .string(pooling.rawValue)),
      ("queue", .integer(queueCapacity)),
      ("temperature", .double(temperature)),
      ("momentum", .double(average.momentum)),
      ("ramp", .boolean(average.isRamped)),
      ("dimension", .integer(dimension)),
      ("projection_heads", trainsProjectionHeads ? "trained" : "frozen"),
    ]
  }
}
