/// Images on disk, each with the index of its class.
public struct ImageDataset: StoredDataset, Equatable {
  /// An image file and its class.
  public struct Sample: Sendable, Equatable {
    /// The file, on disk or in an archive.
    public let file: DataFile
    /// An index into `classes`.
    public let label: Int
    /// The path of the file.
    public var path: String { file.path }

    init(_ file: DataFile, label: Int) {
      self.file = file
      self.label = label
    }

    init(path: String, label: Int) { self.init(DataFile(path: path), label: label) }
  }

  /// The path from which it was read.
  public let path: String
  /// The names of the classes, by label.
  public let classes: [String]
  /// The images, in a fixed order.
  public let samples: [Sample]
  /// The pictures in the set's folder that belong to no class, because they are beside the class folders or in a subfolder
  /// of one; the paths are relative to the set's folder.
  public var overlooked: [String] = []
  /// The pictures in formats that are not read.
  var otherFormats = OtherFormats(among: [])
  /// Which classes the set is judged on, where these are not all; a sentence without its subject.
  public private(set) var judgedClasses: String?
  /// Whether somebody says what is on the pictures; otherwise the class of each is 0, which has no meaning.
  public private(set) var isLabelled = true
  /// Whether the pictures are turned as their EXIF orientation says.
  public var isUpright = false

  /// The files of the images, in their order.
  public var imagePaths: [String] { samples.map(\.path) }

  /// The number of images.
  public var count: Int { samples.count }

  /// The names of the classes, by label.
  public var classNames: [String] { classes }

  /// What was left out when the set was read, in a sentence; nil if nothing was.
  public var remark: String? { remark(overlooked: overlooked, otherFormats) }
}

extension ImageDataset {
  /// The set with the classes of a network; images of other classes are left out.
  public func aligned(
    to classes: [String], renaming: [String: String?]
  ) throws(DatasetError) -> ImageDataset {
    let alignment = try ClassAlignment(
      of: self.classes, at: path, to: classes, renaming: renaming)
    if alignment.isIdentity { return self }
    let kept = samples.compactMap { sample in
      alignment.targets[sample.label].map { Sample(sample.file, label: $0) }
    }
    guard !kept.isEmpty else {
      throw .otherClasses(path: path, expected: classes, found: self.classes)
    }
    var result = ImageDataset(
      path: path, classes: classes, samples: kept, overlooked: overlooked,
      otherFormats: otherFormats, isUpright: isUpright)
    result.judgedClasses = alignment.remark(leftOut: samples.count - kept.count)
    return result
  }

  /// The pictures in a folder, at any depth, of which nobody says what is on them.
  /// - Throws: `DatasetError.unreadable` where there is no folder or one in it cannot be listed, `.undecodableName`, `.empty` where
  ///   there is no picture in it.
  public init(unlabelledAt folder: String) throws(DatasetError) {
    _ = try FolderListing(of: folder)
    let names = try Self.imageNames(below: folder)
    guard !names.isEmpty else {
      throw .empty(path: folder, expected: "pictures (.jpg, .jpeg, .png or .webp)")
    }
    self.init(
      path: folder, classes: [""],
      samples: names.map { Sample(path: "\(folder)/\($0)", label: 0) })
    isLabelled = false
  }
}
