import ArgumentParsing
import Recipes

extension CompletionKind {
  /// Offers the keys that a recipe can have, each with `=` after it.
  static var recipeKeys: CompletionKind {
    .list(RecipeReference(registry: CommandContext.current.registry).keys.map { "\($0)=" })
  }
}
