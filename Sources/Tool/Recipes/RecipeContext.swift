import Inference
import Registry

/// What decides which keys a recipe has and what their defaults are.
struct RecipeContext {
  /// What is learned.
  let task: TaskName
  /// The methods and backbones that can be named.
  let registry: Registry

  /// The paper's values for the task.
  var defaults: TaskDefaults { TaskDefaults(task) }
}
