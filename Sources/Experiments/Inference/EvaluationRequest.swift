import Generalization

/// What is asked of an evaluation of a trained network besides the accuracy.
public struct EvaluationRequest: Sendable, Equatable {
  /// Where every prediction is written. A classifier writes comma-separated values into this file, or as `predictions.csv` into
  /// this folder; a segmenter writes its class maps into this folder, as the label ids that Cityscapes' own evaluation reads.
  /// Each map has the name of its image; where several images have the same name, the maps keep the folders in which the
  /// images differ.
  public var predictions: String?
  /// Names of the network's classes by names of a data set's; nil leaves a class out.
  public var renaming: [String: String?] = [:]
  /// The network's classes that the means leave out.
  public var leftOutOfMeans: [String] = []
  /// The option to reject images, for classifiers.
  public var rejection: RejectOption?
  /// Folders of images of none of the classes, which a classifier is compared on.
  public var unknown: [String] = []

  /// Nothing but the accuracy.
  public init() {}
}
