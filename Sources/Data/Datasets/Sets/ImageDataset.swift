/// Images on disk, each with the index of its class.
public struct ImageDataset: StoredDataset, Equatable {
  /// An image file and its class.
  public struct Sample: Sendable, Equatable {
    /// The file.
    public let path: String
    /// An index into `classes`.
    public let label: Int
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
  /// Whether the pictures are turned as their EXIF orientation says.
  public var isUpright = false

  /// The files of the images, in their order.
  public var imagePaths: [String] { samples.map(\.path) }

  /// The number of images.
  public var count: Int { samples.count }

  /// The names of the classes, by label.
  public var classNames: [String] { classes }

  /// What was left out when the set was read, in a sentence; nil if nothing was.
  public var remark: String? { remark(overlooked: overlooked) }
}
