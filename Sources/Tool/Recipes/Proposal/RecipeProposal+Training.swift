import Settings

extension RecipeProposal {
  /// `method`, `optimizer`, `schedule`, `train` and `evaluate`.
  mutating func chooseTraining(isSmall: Bool) {
    let steps = epochs * stepsPerEpoch
    choose("method", "name", "csg", "the method of this package; 'methods' lists the others")
    if isSegmentation {
      choose("method", "lambda", 0.1, "the weight of the contrast, as in Recipes/streets.yaml")
      choose(
        "method", "grid", .integer(max(1, imageSize / 64)),
        "the cells along each side of a map that are compared, of about 64 pixels each")
    } else {
      choose("method", "lambda", 0.2, "the weight of the contrast, as in Recipes/photographs.yaml")
    }
    choose(
      "method", "queue", .integer(queue),
      "the negatives that are kept: no more than there are \(isSegmentation ? "cells in all images" : "images")"
    )
    if isSmall {
      choose(
        "optimizer", "lr", 0.005,
        "for EfficientNet-Lite, as in the recipes of the demos; lower it where the loss explodes")
      choose("optimizer", "backbone_rate", 1, "the backbone learns as fast as the head")
      if isSegmentation {
        choose(
          "optimizer", "clip_norm", 10,
          "gradients of single steps are many times those of others, as in Recipes/streets.yaml")
      }
    } else {
      choose(
        "optimizer", "lr", 0.001, "the rate of the head; lower it where the loss explodes")
      choose("optimizer", "backbone_rate", 0.1, "published weights change slowly")
    }
    choose(
      "schedule", "warmup", .integer(min(100, max(1, steps / 10))), "a tenth of the steps at most")
    choose(
      "train", "epochs", .integer(epochs),
      "\(stepsPerEpoch) steps each, \(steps) in all; more is better, as long as the held-out figures grow"
    )
    choose(
      "train", "batch_size", .integer(batchSize), "the images of a step; fewer take less memory")
    choose(
      "evaluate", "every", .integer(max(1, steps / 10)), "about ten evaluations over the run")
    if !isSegmentation {
      choose("evaluate", "batch_size", 64, "the images that are judged at a time")
    } else if let side = data.real?.shorterSide ?? data.train.shorterSide, side > 1024 {
      choose("evaluate", "tile", 1024, "large images are judged in overlapping pieces")
    }
    chooseBalance()
  }

  /// A power of two, at least a batch.
  private var queue: Int {
    let cells = isSegmentation ? max(1, imageSize / 64) : 1
    var queue = batchSize
    while queue * 2 <= trainingCount * cells * cells, queue < 65_536 { queue *= 2 }
    return queue
  }

  /// Mentions classes that are seen much more often than others.
  private mutating func chooseBalance() {
    guard let least = data.train.classCounts.min(), let most = data.train.classCounts.max(),
      least > 0, most >= 4 * least, RecipeReference().keys.contains("data.balance")
    else { return }
    choose(
      "data", "balance", "classes",
      "the largest class has \(most) images, the smallest \(least): each is seen equally often")
  }
}
