import Datasets
import Inference
import Settings
import YAML

/// `data.augment`, and the mapping with the settings of the named augmentation.
extension DataRecipe {
  static func augmentationSettings(_ task: TaskName) -> [Setting<DataRecipe>] {
    switch task {
    case .classification: randAugmentSettings
    case .segmentation: sceneSettings
    }
  }

  private enum ClassificationName: String, CaseIterable {
    case randaugment
    case none
  }

  private enum SegmentationName: String, CaseIterable {
    case scene
    case none
  }

  private static let randAugmentSettings: [Setting<DataRecipe>] = [
    .choice(
      "augment", \.classificationAugmentation,
      "What is done to a training image: RandAugment and a random crop, or nothing at random (Algorithm.md §5)."
    ),
    .integer(
      "randaugment.operations", \.randAugment.operations, in: 0...16,
      "N, the operations that are done to each view.", counts: \.isAugmented),
    .number(
      "randaugment.magnitude", \.randAugment.magnitude, in: 0...30,
      "M, the strength of these operations.", counts: \.isAugmented),
  ]

  private static let sceneSettings: [Setting<DataRecipe>] = [
    .choice(
      "augment", \.segmentationAugmentation,
      "What is done to a training image: mirroring, scaling, a random crop and other colours in the key view, or nothing at random (Algorithm.md §5)."
    ),
    .boolean(
      "scene.mirror", \.scene.mirrors, "Whether every other scene is mirrored, at random.",
      counts: \.isAugmented),
    .number(
      "scene.scale_min", \.smallestScale, in: 0.05...1,
      "The smallest factor by which a scene is scaled.", counts: \.isAugmented),
    .number(
      "scene.scale_max", \.largestScale, in: 1...20,
      "The largest factor by which a scene is scaled.", counts: \.isAugmented),
    .number(
      "scene.jitter", \.scene.jitter, in: 0...0.5,
      "The strength of the key view's change of colours.", counts: \.isAugmented),
  ]

  private var isAugmented: Bool { augmentation != .none }

  private var classificationAugmentation: ClassificationName {
    get { isAugmented ? .randaugment : .none }
    set { if newValue == .none { augmentation = .none } }
  }

  private var segmentationAugmentation: SegmentationName {
    get { isAugmented ? .scene : .none }
    set { if newValue == .none { augmentation = .none } }
  }

  /// N and M; where images are not augmented, they are read but change nothing.
  private var randAugment: (operations: Int, magnitude: Double) {
    get {
      guard case .randAugment(let operations, let magnitude) = augmentation else { return (1, 6) }
      return (operations, magnitude)
    }
    set {
      guard case .randAugment = augmentation else { return }
      augmentation = .randAugment(operations: newValue.operations, magnitude: newValue.magnitude)
    }
  }

  private var scene: SceneAugmentation {
    get { if case .scene(let scene) = augmentation { scene } else { SceneAugmentation() } }
    set { if case .scene = augmentation { augmentation = .scene(newValue) } }
  }

  private var smallestScale: Double {
    get { scene.scale.lowerBound }
    set { scene.scale = newValue...scene.scale.upperBound }
  }

  private var largestScale: Double {
    get { scene.scale.upperBound }
    set { scene.scale = scene.scale.lowerBound...newValue }
  }
}
