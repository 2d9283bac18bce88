import Imaging

/// Images on disk, each with a map of its pixels' classes.
public struct SegmentationDataset: StoredDataset, Equatable {
  /// An image file and its label map.
  public struct Sample: Sendable, Equatable {
    /// What a label map holds.
    enum Content: Sendable {
      /// Values or colours of the class table.
      case values
      /// Values of the class table in the first of several channels.
      case firstChannel
      /// Indices of classes.
      case indices
    }

    /// The image, on disk or in an archive.
    public let imageFile: DataFile
    /// The label map, a PNG.
    public let labelFile: DataFile
    /// What it holds.
    let content: Content
    /// The path of the image.
    public var image: String { imageFile.path }
    /// The path of the label map; empty where there is none.
    public var labels: String { labelFile.path }

    init(image: DataFile, labels: DataFile, content: Content = .values) {
      imageFile = image
      labelFile = labels
      self.content = content
    }

    init(image: String, labels: String, content: Content = .values) {
      self.init(
        image: DataFile(path: image), labels: DataFile(path: labels), content: content)
    }
  }

  /// The path from which it was read.
  public private(set) var path: String
  /// The classes.
  public let classes: SegmentationClasses
  /// The images, in a fixed order.
  public private(set) var samples: [Sample]
  /// The pictures in subfolders of the images' folder, which are not used; the paths are relative to the set's folder.
  public var overlooked: [String] = []
  /// Whether the images are turned as their EXIF orientation says; label maps belong to the turned image then.
  public var isUpright = false

  /// The set's own table of classes; nil where it has none.
  private(set) var classTablePath: String?
  /// The folder of the images; empty where these lie in archives.
  private(set) var imageFolder = ""
  /// The pictures in formats that are not read.
  var otherFormats = OtherFormats(among: [])
  /// Why each image or label map without its partner is of no use; a set to be trained or judged on has none.
  public var unpaired: [DatasetError] = []
  /// Whether the images have label maps.
  public var isLabelled: Bool { samples.first.map { !$0.labels.isEmpty } ?? true }

  /// Which classes the set is judged on, where these are not all; a sentence without its subject.
  public private(set) var judgedClasses: String?
  /// The network's classes, and the index there of each class of the set; nil where the classes are the set's own.
  var alignment: Alignment?

  struct Alignment: Sendable, Equatable {
    let names: [String]
    let indices: [UInt8]

    /// - Parameter targets: the place in `names` of each class of the set; nil for one that is left out.
    init(names: [String], targets: [Int?]) {
      self.names = names
      var indices = [UInt8](repeating: SegmentationClasses.ignored, count: 256)
      for (index, target) in targets.enumerated() {
        if let target { indices[index] = UInt8(truncatingIfNeeded: target) }
      }
      self.indices = indices
    }
  }

  /// The names of the classes, by index.
  public var classNames: [String] { alignment?.names ?? classes.names }
  /// The files of the images, in their order.
  public var imagePaths: [String] { samples.map(\.image) }
  /// The number of images.
  public var count: Int { samples.count }

  /// What was left out when the set was read, in a sentence; nil if nothing was.
  public var remark: String? { remark(overlooked: overlooked, otherFormats) }

  /// Nothing is checked: a class without pixels is not an error, since sets share class tables.
  public func requireEveryClass() {}

  /// Decodes a sample.
  /// - Throws: `ImageError` for an unreadable file, `DatasetError` if image and map differ in size or the map holds
  ///   unknown values.
  public func read(_ index: Int) throws -> LabelledScene {
    let sample = samples[index]
    let decoded = try sample.imageFile.decoded(isUpright: isUpright)
    let image = decoded.image
    let classMap = try classMap(of: index)
    guard image.width == classMap.width, image.height == classMap.height else {
      throw DatasetError.differentSizes(
        image: sample.image, imageSize: [image.width, image.height], labels: sample.labels,
        labelSize: [classMap.width, classMap.height])
    }
    return LabelledScene(
      image: image, classMap: classMap,
      damage: decoded.damage.map { "\(sample.image): \($0)." })
  }

  /// The classes of a sample's pixels, without its image: one channel of class indices.
  /// - Throws: `ImageError` for an unreadable file, `DatasetError` if the map holds unknown values.
  func classMap(of index: Int) throws -> Image {
    let sample = samples[index]
    let table = sample.content == .indices ? classes.byIndex : classes
    let labels = try table.classMap(
      contentsOf: sample.labelFile, inFirstChannel: sample.content == .firstChannel)
    return alignment.map { labels.mapped(through: $0.indices) } ?? labels
  }

  /// Checks that labels have the same meaning as in `training`.
  /// - Throws: `DatasetError.otherClasses`.
  public func requireClasses(of training: SegmentationDataset) throws(DatasetError) {
    guard classNames == training.classNames else {
      throw .otherClasses(path: path, expected: training.classNames, found: classNames)
    }
  }

  /// The set with the classes of a network; pixels of other classes are ignored.
  public func aligned(
    to classes: [String], renaming: [String: String?]
  ) throws(DatasetError) -> SegmentationDataset {
    let own = self.classes.names
    let found = try ClassAlignment(of: own, at: path, to: classes, renaming: renaming)
    if found.isIdentity { return self }
    var result = self
    result.alignment = Alignment(names: classes, targets: found.targets)
    result.judgedClasses = found.remark(leftOut: nil)
    return result
  }

  /// The set with all classes that are trained on, where it has some of them: it labels no pixel of the others.
  public func widened(to classes: [String]) throws(DatasetError) -> SegmentationDataset {
    guard Set(classNames).isStrictSubset(of: classes) else { return self }
    var result = try aligned(to: classes, renaming: [:])
    let missing = classes.filter { !classNames.contains($0) }
    result.judgedClasses =
      "\(classNames.count) of \(classes.count) classes are labelled: it has no "
      + missing.joined(separator: ", ")
    return result
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
    let chosen = Set(ordered.prefix(max(0, min(max(share, 1), count - 1))))
    func part(_ isWanted: (Int) -> Bool) -> SegmentationDataset {
      var part = self
      part.samples = samples.indices.filter(isWanted).map { samples[$0] }
      part.unpaired = []
      return part
    }
    var heldOut = part(chosen.contains)
    heldOut.path = HeldOutShare.name(of: path)
    // What was left out is said once, of the training images.
    heldOut.overlooked = []
    heldOut.otherFormats = OtherFormats(among: [])
    return (part { !chosen.contains($0) }, heldOut)
  }

  private static func hash(_ sample: Sample) -> UInt64 {
    StableHash.fnv1a(String(sample.image.split(separator: "/").last ?? ""))
  }
}
