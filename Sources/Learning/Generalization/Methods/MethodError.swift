/// The error that a method was not given something that it needs.
public enum MethodError: Error, Equatable, CustomStringConvertible {
  /// The images for the preparation gave an empty batch.
  case noImages
  /// A step has no, or too few, versions of its images in other styles.
  case styledViews(expected: Int, found: Int)
  /// A moving average of a student whose backbone is adapted by other parameters than its own.
  case adaptedStudent
  /// A pyramid has no levels.
  case noLevels

  /// What was expected, what was found, and what to do.
  public var description: String {
    switch self {
    case .noImages:
      "the method prepares itself on training images and was given an empty batch; give the data set images"
    case .adaptedStudent:
      "the method averages the weights of the student's backbone, and this one is adapted by others beside them; "
        + "train all weights (model.adapt: full), or the head alone, or choose another method"
    case .noLevels:
      "the consistency of styles has a pyramid without levels; give method.pyramid one number of cells or more"
    case .styledViews(let expected, let found):
      "the method looks at \(expected) versions of each image in other styles and was given \(found); "
        + "give the data a set of real images to take styles from"
    }
  }
}
