import Generalization
import Inference
import YAML

extension WeightDistanceConfiguration: MethodSettings {
  init(_ mapping: inout YAMLMapping, _ task: TaskName) throws {
    let standard = WeightDistanceConfiguration()
    self.init(
      lambda: try mapping.double("lambda", default: standard.lambda, in: 0...),
      fisher: try mapping.choice("fisher", default: standard.fisher),
      fisherImageCount: try mapping.int(
        "fisher_images", default: standard.fisherImageCount, in: 1...))
  }

  var members: [(String, YAMLValue)] {
    [("lambda", .double(lambda)), ("fisher", .string(fisher.rawValue))]
      + (fisher == .none ? [] : [("fisher_images", .integer(fisherImageCount))])
  }
}

extension SynapticIntelligenceConfiguration: MethodSettings {
  init(_ mapping: inout YAMLMapping, _ task: TaskName) throws {
    let standard = SynapticIntelligenceConfiguration()
    self.init(
      lambda: try mapping.double("lambda", default: standard.lambda, in: 0...),
      damping: try mapping.double("damping", default: standard.damping, in: 1e-12...),
      interval: try mapping.int("interval", default: standard.interval, in: 1...))
  }

  var members: [(String, YAMLValue)] {
    [
      ("lambda", .double(lambda)), ("damping", .double(damping)),
      ("interval", .integer(interval)),
    ]
  }
}

extension FeatureDistanceConfiguration: MethodSettings {
  init(_ mapping: inout YAMLMapping, _ task: TaskName) throws {
    self.init(lambda: try mapping.double("lambda", default: Self().lambda, in: 0...))
  }

  var members: [(String, YAMLValue)] { [("lambda", .double(lambda))] }
}

extension ASGConfiguration: MethodSettings {
  init(_ mapping: inout YAMLMapping, _ task: TaskName) throws {
    self.init(
      lambda: try mapping.double("lambda", default: TaskDefaults(task).lambda, in: 0...),
      isDense: task == .segmentation)
  }

  var members: [(String, YAMLValue)] { [("lambda", .double(lambda))] }
}
