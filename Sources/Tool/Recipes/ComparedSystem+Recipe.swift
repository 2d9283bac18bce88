import Analysis
import Torch
import Training

extension ComparedSystem {
  /// A system with the runs of `recipes`, one per seed.
  public init(name: String, recipes: [Recipe], device: Device) {
    self.init(
      name: name,
      runs: recipes.map { recipe in
        Run(seed: recipe.seed) { try Experiment(recipe, device: device) }
      },
      published: recipes.first.flatMap { $0.published?.methods[$0.method.name] })
  }
}
