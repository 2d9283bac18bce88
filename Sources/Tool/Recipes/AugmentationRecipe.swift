import Datasets
import Inference
import YAML

/// `data.augment`, with the section that holds the settings of the named augmentation.
extension Augmentation {
  private enum ClassificationName: String, CaseIterable {
    case randaugment
    case none
  }

  private enum SegmentationName: String, CaseIterable {
    case scene
    case none
  }

  init(_ mapping: inout YAMLMapping, _ task: TaskName) throws {
    switch task {
    case .classification:
      let name: ClassificationName = try mapping.choice("augment", default: .randaugment)
      let settings = try mapping.section("randaugment") { section in
        Self.randAugment(
          operations: try section.int("operations", default: 1, in: 0...16),
          magnitude: try section.double("magnitude", default: 6, in: 0...30))
      }
      self = name == .none ? .none : settings
    case .segmentation:
      let name: SegmentationName = try mapping.choice("augment", default: .scene)
      let settings = try mapping.section("scene") { Self.scene(try SceneAugmentation(&$0)) }
      self = name == .none ? .none : settings
    }
  }

  var members: [(String, YAMLValue)] {
    switch self {
    case .none: [("augment", "none")]
    case .randAugment(let operations, let magnitude):
      [
        ("augment", "randaugment"),
        ("randaugment", ["operations": .integer(operations), "magnitude": .double(magnitude)]),
      ]
    case .scene(let augmentation): [("augment", "scene"), ("scene", augmentation.yaml)]
    }
  }
}

extension SceneAugmentation {
  fileprivate init(_ section: inout YAMLMapping) throws {
    let standard = SceneAugmentation()
    self.init(
      mirrors: try section.bool("mirror", default: standard.mirrors),
      scale: try section.double(
        "scale_min", default: standard.scale.lowerBound, in: 0.05...1)...section.double(
          "scale_max", default: standard.scale.upperBound, in: 1...20),
      jitter: try section.double("jitter", default: standard.jitter, in: 0...0.5))
  }

  fileprivate var yaml: YAMLValue {
    [
      "mirror": .boolean(mirrors),
      "scale_min": .double(scale.lowerBound),
      "scale_max": .double(scale.upperBound),
      "jitter": .double(jitter),
    ]
  }
}
