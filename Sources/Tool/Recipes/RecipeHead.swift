import Inference
import Settings
import YAML

/// The keys at the top of a recipe that hold a value.
struct RecipeHead: Equatable {
  var task: TaskName
  var seed: UInt64
}

extension RecipeHead: RecipeSection {
  init(standardIn context: RecipeContext) {
    task = .classification
    seed = 0
  }

  static func settings(in context: RecipeContext) -> [Setting<RecipeHead>] {
    [
      .choice("task", \.task, "What is learned: the class of an image, or of every pixel."),
      .integer(
        "seed", \.signedSeed, in: 0...,
        "The seed of weights, order, augmentation and whatever else is drawn."),
    ]
  }

  private var signedSeed: Int {
    get { Int(clamping: seed) }
    set { seed = UInt64(newValue) }
  }
}
