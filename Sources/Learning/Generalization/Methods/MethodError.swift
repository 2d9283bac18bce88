import Backbones
import Messages

/// The error that a method was not given something that it needs.
public enum MethodError: Error, Equatable, CustomStringConvertible {
  /// The images for the preparation gave an empty batch.
  case noImages
  /// A step has no, or too few, versions of its images in other styles.
  case styledViews(expected: Int, found: Int)
  /// A moving average of a student whose backbone is adapted by other parameters than its own.
  case adaptedStudent
  /// A distance of a backbone's weights from their start, where adapters or learnt tokens are trained beside them.
  case addedWeights
  /// A distance of a backbone's weights from their start, where none are trained.
  case frozenBackbone
  /// A method that compares several domains, but the training data are of one.
  case oneDomain
  /// A method that compares two views of an image, but there is one.
  case oneView
  /// A run that is over before the method has seen what it needs.
  case tooShort(method: String, begins: Int, iterations: Int)
  /// A stage without a map in this backbone.
  case noStage(Stage, known: [Stage])
  /// A thing that is no class of the data.
  case noThing(String, known: [String])
  /// A method for labels of images alone.
  case pixelLabels(method: String)
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
    case .addedWeights:
      "the method measures how far the weights of the student's backbone move, and this one learns in weights that are added beside "
        + "them; train all weights (model.adapt: full), or choose another method"
    case .frozenBackbone:
      "the method measures how far the weights of the student's backbone move, and none of them are trained; train them "
        + "(model.adapt: full), or choose another method"
    case .oneDomain:
      "the method compares several synthetic domains, and the training data are of one; name a data set for each domain in "
        + "data.train, or choose another method"
    case .oneView:
      "the method measures what changes between two views of an image, and training images are not augmented, so that there "
        + "is one; leave data.augment at its default, or choose another method"
    case .tooShort(let method, let begins, let iterations):
      "the method '\(method)' begins after \(begins) steps, and the run has \(iterations), so that it would do nothing; lower "
        + "method.start_epochs or method.trials, or train for longer"
    case .noStage(let stage, let known):
      "the method looks at the map of stage \(stage.rawValue), which this backbone has not; choose among "
        + known.map { "\($0.rawValue)" }.joined(separator: ", ")
    case .noThing(let name, let known):
      "method.things names the class '\(name.visible)', which the training data do not have; expected some of "
        + known.map(\.visible).joined(separator: ", ")
        + (nearestName(to: name, among: known).map { ", perhaps '\($0.visible)'" } ?? "")
        + ", or none to compare everywhere"
    case .pixelLabels(let method):
      "the method '\(method)' is for images that have a class each, and here pixels have one; choose another method"
    case .noLevels:
      "the consistency of styles has a pyramid without levels; give method.pyramid one number of cells or more"
    case .styledViews(let expected, let found):
      "the method looks at \(expected) versions of each image in other styles and was given \(found); "
        + "give the data a set of real images to take styles from"
    }
  }
}
