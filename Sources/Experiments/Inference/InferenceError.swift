/// Something that is asked of a network and that it cannot do.
public enum InferenceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A segmenter is asked to reject images, or to tell known from unknown ones.
  case notAClassifier

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .notAClassifier:
      "the checkpoint is a segmenter, which judges pixels: expected a classifier to reject images or to compare them with "
        + "unknown ones; ask for neither"
    }
  }
}
