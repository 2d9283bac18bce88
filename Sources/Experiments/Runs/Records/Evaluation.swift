import Generalization

/// The evaluation of a network on one data set.
public struct Evaluation: Sendable, Equatable {
  /// The domain that the images come from.
  public enum Domain: String, Sendable, Codable {
    /// Rendered like the training images.
    case synthetic
    /// Photographs.
    case real
    /// Another domain that is never trained on, such as a rendering style.
    case unseen
  }

  /// What the confusion matrix counts, and which is the main figure (Algorithm.md §7).
  public enum Measure: Sendable {
    /// Images: the mean of the class accuracies.
    case accuracy
    /// Labelled pixels: the mean over classes of intersection over union.
    case intersectionOverUnion
  }

  /// The data set's path as the recipe or the command gave it.
  public let dataset: String
  /// Its domain.
  public let domain: Domain
  /// What was counted.
  public let measure: Measure
  /// The number of images judged.
  public let images: Int
  /// The names of the classes.
  public let classes: [String]
  /// True against predicted classes.
  public let confusion: ConfusionMatrix
  /// The energy of the last stage's pooled features; nil for fewer than two images.
  public let energy: HypersphericalEnergy?
  /// The number of images that could not be read and were left out.
  public let skipped: Int
  /// Which classes were judged, where these are not all, in a sentence without its subject.
  public let judgedClasses: String?
  /// The logits of the images, or of a sample of their pixels, with the true classes; nil where the task keeps none.
  public let logits: ClassLogits?
  /// What was said of every image, in the order of the logits; empty for segmenters.
  public let judged: [JudgedImage]
  /// How the pixels of every scene were judged; empty for classifiers.
  public let scenes: [JudgedScene]

  /// Creates the evaluation of a network on one data set.
  public init(
    dataset: String, domain: Domain, measure: Measure, images: Int, classes: [String],
    confusion: ConfusionMatrix, energy: HypersphericalEnergy? = nil, skipped: Int,
    logits: ClassLogits? = nil, judged: [JudgedImage] = [], scenes: [JudgedScene] = [],
    judgedClasses: String? = nil
  ) {
    self.judgedClasses = judgedClasses
    self.dataset = dataset
    self.domain = domain
    self.measure = measure
    self.images = images
    self.classes = classes
    self.confusion = confusion
    self.energy = energy
    self.skipped = skipped
    self.logits = logits
    self.judged = judged
    self.scenes = scenes
  }
}
