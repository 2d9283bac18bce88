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
  /// The pictures in the set's folder that are of no class: beside the class folders, or below a folder in one; paths from
  /// the set's folder on.
  public var overlooked: [String] = []

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

  /// What was left out when the set was read, in a sentence; nil where nothing was.
  public var remark: String? { remark(overlooked: overlooked) }

  /// Checks that every class has an image.
  /// - Throws: `DatasetError.labelGap`.
  public func requireEveryClass() throws(DatasetError) {
    let counts = classCounts
    guard let first = counts.firstIndex(of: 0) else { return }
    throw .labelGap(
      path: path, first: first, missing: counts.count { $0 == 0 }, count: counts.count)
  }

  /// Checks that labels mean the same as in `training`.
  /// - Throws: `DatasetError.otherClasses`.
  public func requireClasses(of training: ImageDataset) throws(DatasetError) {
    guard classes == training.classes else {
      throw .otherClasses(path: path, expected: training.classes, found: classes)
    }
  }
}
