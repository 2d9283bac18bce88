import Foundation

/// Images with their labels: the data with which a task is trained and evaluated.
public protocol LabelledDataset: Sendable {
  /// The path from which it was read, or another name for errors and records.
  var path: String { get }
  /// The names of the classes, by label.
  var classNames: [String] { get }
  /// The files of the images, in their order; none if they are not on disk.
  var imagePaths: [String] { get }
  /// The number of images.
  var count: Int { get }
  /// The values of label maps that stand for each class; nil if images have classes.
  var labelValues: String? { get }

  /// The files of an image: the image itself, and its label map if there is one.
  func files(of index: Int) -> [DataFile]
  /// The class of an image; nil if its pixels have their own classes.
  func label(of index: Int) -> Int?

  /// Checks that labels have the same meaning as in `training`.
  /// - Throws: `DatasetError.otherClasses`.
  func requireClasses(of training: Self) throws(DatasetError)
  /// Checks that the set has something to learn for every class.
  /// - Throws: `DatasetError.labelGap`.
  func requireEveryClass() throws(DatasetError)
  /// What was left out when the set was read, in a sentence; nil if nothing was.
  var remark: String? { get }
  /// Which classes the set is judged on, where these are not all; a sentence without its subject.
  var judgedClasses: String? { get }
  /// Whether its pictures are turned as their EXIF orientation says.
  var isUpright: Bool { get }
}

/// A data set on disk.
public protocol StoredDataset: LabelledDataset {
  /// Reads the list of what is at `path`, but no image yet.
  init(at path: String) throws

  /// The set with the classes of a network, to be judged on the classes that both have: images of others are left out.
  /// - Parameter renaming: names of the network's classes by names of the set's; nil leaves a class out.
  /// - Throws: `DatasetError.otherClasses` where no class is shared, `.unknownClass`.
  func aligned(to classes: [String], renaming: [String: String?]) throws(DatasetError) -> Self

  /// The set with all classes that are trained on, where it has only some of them; itself where its classes must be the same.
  func widened(to classes: [String]) throws(DatasetError) -> Self

  /// Whether its pictures are turned as their EXIF orientation says; false when a set is read.
  var isUpright: Bool { get set }

  /// The set without a share of its images, and that share: the same on every machine and for every seed.
  func holdingOut(_ fraction: Double) -> (training: Self, heldOut: Self)
}

extension StoredDataset {
  /// Itself.
  public func widened(to classes: [String]) throws(DatasetError) -> Self { self }

  /// Reads the list of what is at `path`.
  /// - Parameter isUpright: whether its pictures are turned as their EXIF orientation says.
  public init(at path: String, isUpright: Bool) throws {
    try self.init(at: path)
    self.isUpright = isUpright
  }
}

extension LabelledDataset {
  /// By default there are none.
  public var imagePaths: [String] { [] }
  /// By default nothing was left out.
  public var remark: String? { nil }
  /// By default all are.
  public var judgedClasses: String? { nil }
  /// By default they are not.
  public var isUpright: Bool { false }

  /// Checks that labels have the same meaning as in `training`.
  /// - Throws: `DatasetError.otherClasses`.
  public func requireClasses(of training: Self) throws(DatasetError) {
    guard classNames == training.classNames else {
      throw .otherClasses(path: path, expected: training.classNames, found: classNames)
    }
  }

  /// By default nothing is checked.
  public func requireEveryClass() throws(DatasetError) {}
}

extension LabelledDataset {
  /// A sentence about pictures at places where none is looked for, and those in formats that are not read.
  func remark(overlooked: [String], _ others: OtherFormats) -> String? {
    let names = overlooked.prefix(3).joined(separator: ", ") + (overlooked.count > 3 ? ", …" : "")
    let first = overlooked.first.map { first in
      overlooked.count == 1
        ? "left out the picture \(first), which lies where none is looked for"
        : "left out \(overlooked.count) pictures that lie where none is looked for: \(names)"
    }
    let sentences = [first, others.remark, judgedClasses].compactMap { $0 }
    return sentences.isEmpty ? nil : "\(path): " + sentences.joined(separator: "; ")
  }

  /// The folder of the set, or of its list file.
  public var folder: String {
    FileManager.default.isFolder(path) ? path : PathText.folder(of: path)
  }
}
