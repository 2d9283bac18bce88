/// What a label of the training data is of: what the standard settings of a method depend on.
public enum LabelScope: String, Sendable, CaseIterable {
  /// A whole image, as in classification.
  case image
  /// A pixel, as in segmentation.
  case pixel
}
