/// Images on disk, each with the index of its class.
public struct ImageDataset: LabelledDataset, Equatable {
  /// An image file and its class.
  public struct Sample: Sendable, Equatable {
    /// The file.
    public let path: String
    /// An index into `classes`.
    public let label: Int
  }

  /// The path it was read from.
  public let path: String
  /// The names of the classes, by label.
  public let classes: [String]
  /// The images, in a fixed order.
  public let samples: [Sample]

  /// The number of images of each class.
  public var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classes.count)
    for sample in samples { counts[sample.label] += 1 }
    return counts
  }

  /// The files of the images, in their order.
  public var imagePaths: [String] { samples.map(\.path) }

  /// The number of images.
  public var count: Int { samples.count }

  /// The names of the classes, by label.
  public var classNames: [String] { classes }

  /// Checks that labels mean the same as in `training`.
  /// - Throws: `DatasetError.otherClasses`.
  public func requireClasses(of training: ImageDataset) throws(DatasetError) {
    guard classes == training.classes else {
      throw .otherClasses(path: path, expected: training.classes, found: classes)
    }
  }
}
