import Backbones
import Datasets
import Imaging

/// How a network judges images (Algorithm.md §7).
public struct EvaluationOptions: Sendable, Equatable, Codable {
  /// The side of the square that a classifier sees, in pixels.
  public var imageSize = 224
  /// How image files are decoded for a classifier.
  public var decoding = ImageDecoding.exact
  /// Whether pictures are turned as their EXIF orientation says.
  public var isUpright = false
  /// Names of the network's classes by names that data sets give them; nil leaves a class out.
  public var renamedClasses: [String: String?] = [:]
  /// The number of images that a classifier judges at once.
  public var batchSize = 32
  /// Whether the prediction is averaged with that of the mirror image.
  public var mirrors = true
  /// The height to which images are brought before a segmenter judges them, in pixels; nil for their own. What it says is brought to
  /// their own size.
  public var height: Int?
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

extension EvaluationOptions {
  /// Reads options; those of older checkpoints say nothing of orientations and names, which were not changed then.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    imageSize = try values.decode(Int.self, forKey: .imageSize)
    decoding = try values.decode(ImageDecoding.self, forKey: .decoding)
    isUpright = try values.decodeIfPresent(Bool.self, forKey: .isUpright) ?? false
    renamedClasses =
      try values.decodeIfPresent([String: String?].self, forKey: .renamedClasses) ?? [:]
    batchSize = try values.decode(Int.self, forKey: .batchSize)
    mirrors = try values.decode(Bool.self, forKey: .mirrors)
    height = try values.decodeIfPresent(Int.self, forKey: .height)
    tile = try values.decodeIfPresent(Int.self, forKey: .tile)
    overlap = try values.decode(Int.self, forKey: .overlap)
    precision = try values.decode(Precision.self, forKey: .precision)
    workers = try values.decode(Int.self, forKey: .workers)
    onError = try values.decode(BatchLoader.ErrorPolicy.self, forKey: .onError)
  }
}
