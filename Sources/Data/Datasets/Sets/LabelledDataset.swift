import Foundation

/// Images on disk with what is known of each: what a task trains on and judges with.
public protocol LabelledDataset: Sendable {
  /// Reads what is at `path`, but no image yet.
  init(at path: String) throws

  /// The path it was read from.
  var path: String { get }
  /// The names of the classes, by label.
  var classNames: [String] { get }
  /// The files of the images, in their order.
  var imagePaths: [String] { get }
  /// The number of images.
  var count: Int { get }

  /// Checks that labels mean the same as in `training`.
  /// - Throws: `DatasetError.otherClasses`.
  func requireClasses(of training: Self) throws(DatasetError)
  /// The set without a share of its images, and that share: the same on every machine and for every seed.
  func holdingOut(_ fraction: Double) -> (training: Self, heldOut: Self)
}

extension LabelledDataset {
  /// The folder that the set is, or that its list file is in.
  public var folder: String {
    FileManager.default.isFolder(path) ? path : PathText.folder(of: path)
  }
}
