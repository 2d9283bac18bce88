/// What a label of the training data describes; the standard settings of a method depend on it.
public enum LabelScope: String, Sendable, CaseIterable {
  /// A whole image, as in classification.
  case image
  /// A pixel, as in segmentation.
  case pixel
}
