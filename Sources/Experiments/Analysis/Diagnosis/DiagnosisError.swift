import Runs

/// A feature space that cannot be judged.
public enum DiagnosisError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A data set with too few images for figures that compare pairs.
  case tooFewImages(path: String, images: Int)
  /// A checkpoint that holds no ImageNet teacher and did not start from weights that could serve as one.
  case noTeacher(checkpoint: String)
  /// A checkpoint without a recipe where none is given.
  case noRecipe(checkpoint: String)

  /// What happened, where, and what to do.
  public var description: String {
    switch self {
    case .tooFewImages(let path, let images):
      "\(path) gives \(images) image\(images == 1 ? "" : "s"), but figures of pairs need at least 2; "
        + "name a larger set"
    case .noTeacher(let checkpoint):
      "\(checkpoint) has no ImageNet teacher: it holds no '\(CheckpointKey.teacher)' tensors and was trained with "
        + "model.weights=random; name a checkpoint that started from ImageNet weights first"
    case .noRecipe(let checkpoint):
      "\(checkpoint) was not written by a run and says nothing of its network"
    }
  }
}
