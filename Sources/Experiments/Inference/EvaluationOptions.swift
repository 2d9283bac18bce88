import Backbones
import Datasets
import Imaging

/// How a network judges images (Algorithm.md §7).
public struct EvaluationOptions: Sendable, Equatable, Codable {
  /// The side of the square that a classifier sees, in pixels.
  public var imageSize = 224
  /// How image files are decoded for a classifier.
  public var decoding = ImageDecoding.exact
  /// The number of images that a classifier judges at once.
  public var batchSize = 32
  /// Whether the prediction is averaged with that of the mirror image.
  public var mirrors = true
  /// The side of the pieces that a segmenter judges large images in, in pixels; nil for whole images.
  public var tile: Int?
  /// The number of pixels by which two pieces overlap.
  public var overlap = 0
  /// The precision of the backbone's passes.
  public var precision = Precision.float32
  /// The number of threads that read images.
  public var workers = 2
  /// What happens at an unreadable image.
  public var onError = BatchLoader.ErrorPolicy.stop

  /// The paper's way of judging classifiers.
  public init() {}
}
