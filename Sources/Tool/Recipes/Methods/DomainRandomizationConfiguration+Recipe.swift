import Generalization
import Inference
import YAML

extension DomainRandomizationConfiguration: MethodSettings {
  init(_ mapping: inout YAMLMapping, _ task: TaskName) throws {
    let standard = DomainRandomizationConfiguration()
    self.init(
      styleCount: try mapping.int("styles", default: standard.styleCount, in: 1...64),
      lambda: try mapping.double("lambda", default: standard.lambda, in: 0...),
      taskWeight: try mapping.double("task_weight", default: standard.taskWeight, in: 0...),
      stages: try mapping.stages("stages", default: standard.stages),
      pyramid: PyramidConsistency(
        cells: try mapping.ints("pyramid", default: standard.pyramid.cells, in: 1...64)))
  }

  var members: [(String, YAMLValue)] {
    [
      ("styles", .integer(styleCount)), ("lambda", .double(lambda)),
      ("task_weight", .double(taskWeight)), ("stages", stages.yaml),
      ("pyramid", .sequence(pyramid.cells.map { .integer($0) })),
    ]
  }
}
