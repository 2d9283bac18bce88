import Foundation

/// Images with what is known of each: what a task trains on and judges with.
public protocol LabelledDataset: Sendable {
  /// The path it was read from, or what else errors and records call it.
  var path: String { get }
  /// The names of the classes, by label.
  var classNames: [String] { get }
  /// The files of the images, in their order; none where they are not on disk.
  var imagePaths: [String] { get }
  /// The number of images.
  var count: Int { get }
  /// The values of label maps that stand for each class; nil where images have classes.
  var labelValues: String? { get }

  /// The files of an image: itself, and its label map where there is one.
  func files(of index: Int) -> [String]
  /// The class of an image; nil where its pixels have classes of their own.
  func label(of index: Int) -> Int?

  /// Checks that labels mean the same as in `training`.
  /// - Throws: `DatasetError.otherClasses`.
  func requireClasses(of training: Self) throws(DatasetError)
  /// Checks that there is something to learn of every class.
  /// - Throws: `DatasetError.labelGap`.
  func requireEveryClass() throws(DatasetError)
  /// What was left out when the set was read, in a sentence; nil where nothing was.
  var remark: String? { get }
}

/// A data set on disk.
public protocol StoredDataset: LabelledDataset {
  /// Reads what is at `path`, but no image yet.
  init(at path: String) throws

  /// The set without a share of its images, and that share: the same on every machine and for every seed.
  func holdingOut(_ fraction: Double) -> (training: Self, heldOut: Self)
}

extension LabelledDataset {
  /// None.
  public var imagePaths: [String] { [] }
  /// Nothing.
  public var remark: String? { nil }

  /// Checks that labels mean the same as in `training`.
  /// - Throws: `DatasetError.otherClasses`.
  public func requireClasses(of training: Self) throws(DatasetError) {
    guard classNames == training.classNames else {
      throw .otherClasses(path: path, expected: training.classNames, found: classNames)
    }
  }

  /// Nothing is checked.
  public func requireEveryClass() throws(DatasetError) {}
}

extension LabelledDataset {
  /// A sentence about pictures that lie where none is looked for.
  func remark(overlooked: [String]) -> String? {
    guard let first = overlooked.first else { return nil }
    let names = overlooked.prefix(3).joined(separator: ", ") + (overlooked.count > 3 ? ", …" : "")
    return overlooked.count == 1
      ? "\(path): left out the picture \(first), which lies where none is looked for"
      : "\(path): left out \(overlooked.count) pictures that lie where none is looked for: \(names)"
  }

  /// The folder that the set is, or that its list file is in.
  public var folder: String {
    FileManager.default.isFolder(path) ? path : PathText.folder(of: path)
  }
}
