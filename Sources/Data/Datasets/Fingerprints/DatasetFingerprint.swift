/// What a run remembers of a data set, so that it notices when the data set is another one.
public struct DatasetFingerprint: Sendable, Codable, Equatable {
  /// The path that the set was read from.
  public let path: String
  /// The number of images.
  public let images: Int
  /// The names of the classes, by label.
  public let classes: [String]
  /// The number of images of each class; nil if pixels have their own classes.
  public let classImages: [Int]?
  /// The values of label maps that stand for each class; nil if images have classes.
  public let labelValues: String?
  /// A hash of the classes and of the files' names, labels and sizes, 16 hexadecimal digits.
  public let hash: String
  /// A hash of the files' bytes; nil if they were not read.
  public let contents: String?

  private enum CodingKeys: String, CodingKey {
    case path
    case images
    case classes
    case classImages = "class_images"
    case labelValues = "label_values"
    case hash
    case contents
  }

  /// The fingerprint of a set with its files.
  public init(of dataset: some LabelledDataset, _ files: DatasetFiles) {
    let labels = (0..<dataset.count).map(dataset.label)
    var counts = [Int](repeating: 0, count: dataset.classNames.count)
    for case let label? in labels { counts[label] += 1 }
    self.init(
      path: dataset.path, images: dataset.count, classes: dataset.classNames,
      classImages: labels.contains(nil) ? nil : counts, labelValues: dataset.labelValues, files)
  }

  /// The fingerprint of pictures without classes.
  public init(path: String, _ files: DatasetFiles) {
    self.init(
      path: path, images: files.files.count, classes: [], classImages: nil, labelValues: nil, files)
  }

  private init(
    path: String, images: Int, classes: [String], classImages: [Int]?, labelValues: String?,
    _ files: DatasetFiles
  ) {
    self.path = path
    self.images = images
    self.classes = classes
    self.classImages = classImages
    self.labelValues = labelValues
    hash = Self.hash(classes, labelValues, files)
    contents = files.contentsHash.map(Self.hexadecimal)
  }

  /// Whether `files` are those from which the fingerprint was taken.
  public func isOf(_ files: DatasetFiles) -> Bool {
    hash == Self.hash(classes, labelValues, files)
  }

  /// Whether both are fingerprints of the same set, as far as both know it.
  public func agrees(with other: DatasetFingerprint) -> Bool {
    guard hash == other.hash else { return false }
    guard let contents, let others = other.contents else { return true }
    return contents == others
  }

  private static func hash(
    _ classes: [String], _ labelValues: String?, _ files: DatasetFiles
  ) -> String {
    let parts = classes + [labelValues ?? "-", hexadecimal(files.hash)]
    // The separator is the byte 0, which no name holds.
    return hexadecimal(StableHash.fnv1a(parts.joined(separator: "\0")))
  }

  private static func hexadecimal(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
