import Recipes
import Testing

/// Tests that read recipes from texts.
protocol ReadingRecipes {}

extension ReadingRecipes {
  func read(_ text: String) throws -> Recipe {
    try Recipe(text: text, source: "recipe.yaml")
  }

  /// The recipe, which is the same when what it writes is read.
  func readTwice(_ text: String) throws -> Recipe {
    let recipe = try read(text)
    #expect(try Recipe(text: recipe.text(), source: "text") == recipe)
    return recipe
  }
}
