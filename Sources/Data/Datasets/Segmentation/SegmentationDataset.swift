import Imaging

/// Images on disk, each with a map of its pixels' classes.
public struct SegmentationDataset: StoredDataset, Equatable {
  /// An image file and its label map.
  public struct Sample: Sendable, Equatable {
    /// The image.
    public let image: String
    /// The label map, a PNG of indices.
    public let labels: String
    /// Whether the map holds indices of classes already, not values of the table.
    let holdsIndices: Bool
  }

  /// The path from which it was read.
  public let path: String
  /// The classes.
  public let classes: SegmentationClasses
  /// The images, in a fixed order.
  public let samples: [Sample]
  /// The pictures in subfolders of the images' folder, which are not used; the paths are relative to the set's folder.
  public var overlooked: [String] = []
  /// Whether the images are turned as their EXIF orientation says; label maps belong to the turned image then.
  public var isUpright = false

  /// The names of the classes, by index.
  public var classNames: [String] { classes.names }
  /// The files of the images, in their order.
  public var imagePaths: [String] { samples.map(\.image) }
  /// The number of images.
  public var count: Int { samples.count }

  /// What was left out when the set was read, in a sentence; nil if nothing was.
  public var remark: String? { remark(overlooked: overlooked) }

  /// Nothing is checked: a class without pixels is not an error, since sets share class tables.
  public func requireEveryClass() {}

  /// Decodes a sample.
  /// - Throws: `ImageError` for an unreadable file, `DatasetError` if image and map differ in size or the map holds
  ///   unknown values.
  public func read(_ index: Int) throws -> LabelledScene {
    let sample = samples[index]
    let decoded = try Image.decoded(path: sample.image, isUpright: isUpright)
    let image = decoded.image
    let labels = try Image.decodeIndices(path: sample.labels)
    guard image.width == labels.width, image.height == labels.height else {
      throw DatasetError.differentSizes(
        image: sample.image, imageSize: [image.width, image.height], labels: sample.labels,
        labelSize: [labels.width, labels.height])
    }
    let table = sample.holdsIndices ? classes.byIndex : classes
    return LabelledScene(
      image: image, classMap: try table.classMap(of: labels, path: sample.labels),
      damage: decoded.damage.map { "\(sample.image): \($0)." })
  }

  /// Checks that labels have the same meaning as in `training`.
  /// - Throws: `DatasetError.otherClasses`.
  public func requireClasses(of training: SegmentationDataset) throws(DatasetError) {
    guard classNames == training.classNames else {
      throw .otherClasses(path: path, expected: training.classNames, found: classNames)
    }
  }

  /// The set without a share of its images, and that share.
  ///
  /// The images whose file names have the smallest hashes are held out. If there are at least two images, each side gets at
  /// least one.
  public func holdingOut(
    _ fraction: Double
  ) -> (training: SegmentationDataset, heldOut: SegmentationDataset) {
    let ordered = samples.indices.sorted { a, b in
      (Self.hash(samples[a]), a) < (Self.hash(samples[b]), b)
    }
    let share = Int((Double(count) * fraction).rounded())
    let chosen = Set(ordered.prefix(min(max(share, 1), count - 1)))
    func part(_ isWanted: (Int) -> Bool, named path: String) -> SegmentationDataset {
      SegmentationDataset(
        path: path, classes: classes,
        samples: samples.indices.filter(isWanted).map { samples[$0] }, isUpright: isUpright)
    }
    var training = part({ !chosen.contains($0) }, named: path)
    training.overlooked = overlooked
    return (training, part(chosen.contains, named: path + " (held out)"))
  }

  private static func hash(_ sample: Sample) -> UInt64 {
    StableHash.fnv1a(String(sample.image.split(separator: "/").last ?? ""))
  }
}
