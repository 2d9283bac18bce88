import Imaging

/// Images in memory that each have one class, such as those that a simulator has just rendered.
public struct InMemoryImages: ClassifiedImages {
  /// The name of the set in errors and records.
  public let path: String
  /// The names of the classes, by label.
  public let classNames: [String]

  private let samples: [(image: Image, label: Int)]

  /// A set of RGB images.
  /// - Parameters:
  ///   - name: the name of the set in errors and records.
  ///   - classes: the names of the classes, by label.
  ///   - samples: the images, each with an index into `classes`.
  /// - Throws: `DatasetError.notAnImageOfAClass` for any other label, or an image that is not RGB.
  public init(
    _ name: String, classes: [String], samples: [(image: Image, label: Int)]
  ) throws(DatasetError) {
    for (index, sample) in samples.enumerated() {
      guard classes.indices.contains(sample.label), sample.image.channels == 3 else {
        throw .notAnImageOfAClass(
          path: name, index: index, channels: sample.image.channels, label: sample.label,
          classes: classes.count)
      }
    }
    path = name
    classNames = classes
    self.samples = samples
  }

  /// The number of images.
  public var count: Int { samples.count }

  /// The class of an image.
  public func imageClass(of index: Int) -> Int { samples[index].label }
  /// The set's name and the image's number.
  public func name(of index: Int) -> String { "\(path)[\(index)]" }

  /// The image as it is.
  public func image(
    _ index: Int, decoding: ImageDecoding, shorterSide: Int
  ) -> (image: Image, scale: Double) { (samples[index].image, 1) }
}
