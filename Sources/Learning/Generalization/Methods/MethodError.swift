/// What a method needs and was not given.
public enum MethodError: Error, Equatable, CustomStringConvertible {
  /// The images to prepare on gave an empty batch.
  case noImages
  /// A step without, or with too few, versions of its images in other styles.
  case styledViews(expected: Int, found: Int)
  /// A pyramid without levels.
  case noLevels

  /// What was expected, what was found, and what to do.
  public var description: String {
    switch self {
    case .noImages:
      "the method prepares itself on training images and was given an empty batch; give the data set images"
    case .noLevels:
      "the consistency of styles has a pyramid without levels; give method.pyramid one number of cells or more"
    case .styledViews(let expected, let found):
      "the method looks at \(expected) versions of each image in other styles and was given \(found); "
        + "give the data a set of real images to take styles from"
    }
  }
}
