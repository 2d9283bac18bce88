import Backbones
import Datasets

/// The data sets of a recipe: what is trained on, and what is judged with.
struct TaskData<Dataset: LabelledDataset> {
  /// The images that are trained on.
  let training: Dataset
  /// Synthetic images never trained on.
  let heldOut: Dataset?
  /// The sets of domains never trained on, each with what it is.
  let others: [(dataset: Dataset, domain: Evaluation.Domain)]

  /// The sets as the recipe names them, none of them split.
  let whole: [Dataset]

  /// Reads the sets that `recipe` names.
  /// - Throws: `DatasetError` for one that is not there or has other classes than the training data.
  init(_ recipe: DataRecipe) throws {
    let all = try Dataset(at: recipe.train)
    if let share = recipe.heldOutFraction {
      let split = all.holdingOut(share)
      (training, heldOut) = (split.training, split.heldOut)
    } else {
      (training, heldOut) = (all, try recipe.heldOut.map { try Dataset(at: $0) })
    }
    others =
      try recipe.unseen.map { (try Dataset(at: $0), .unseen) }
      + recipe.real.map { (try Dataset(at: $0), .real) }
    whole =
      [all] + (recipe.heldOutFraction == nil ? heldOut.map { [$0] } ?? [] : [])
      + others.map(\.dataset)
    for dataset in others.map(\.dataset) + (heldOut.map { [$0] } ?? []) {
      try dataset.requireClasses(of: training)
    }
  }

  /// Judges `network` on every set that is not trained on.
  func evaluate<Evaluator: TaskEvaluator>(
    _ network: any TaskNetwork, by evaluator: Evaluator
  ) throws -> [Evaluation] where Evaluator.Dataset == Dataset {
    let synthetic = try heldOut.map {
      try evaluator.evaluate(network, on: $0, domain: .synthetic)
    }
    return try (synthetic.map { [$0] } ?? [])
      + others.map { try evaluator.evaluate(network, on: $0.dataset, domain: $0.domain) }
  }
}
