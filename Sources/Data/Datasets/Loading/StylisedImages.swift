import Foundation

/// Versions of training images that another program has stylised: one folder per style, laid out like the training set.
///
/// For the image `train/bus/0001.png` of the set `train`, a style `watercolour` holds `watercolour/bus/0001.png`, which may
/// have another picture format. A style may lack images, as long as each image is there in at least one style.
public struct StylisedImages: Sendable {
  /// The files of each image, one per style.
  let files: [[String]]

  /// Finds the versions of `images`.
  /// - Parameters:
  ///   - folder: the folder that holds one folder per style.
  ///   - images: the training images' files, in their order.
  ///   - root: the folder of the training set, to which the names within a style are relative.
  /// - Throws: `DatasetError` if the folder has no styles, one of them cannot be read, or an image is in none of them.
  public init(in folder: String, of images: [String], below root: String) throws {
    let files = FileManager.default
    let styles = files.isFolder(folder) ? try files.visibleFolders(in: folder) : []
    guard !styles.isEmpty else {
      throw DatasetError.empty(
        path: folder, expected: "one folder per style, laid out like the training images")
    }
    let names = try styles.map { try Self.pictures(in: "\(folder)/\($0)") }
    let prefix = root.isEmpty ? "" : root + "/"
    self.files = try images.map { image in
      let name = image.hasPrefix(prefix) ? String(image.dropFirst(prefix.count)) : image
      let stem = Self.stem(of: name)
      let versions = names.compactMap { $0[stem] }
      guard !versions.isEmpty else {
        throw DatasetError.noStylised(image: image, expected: "\(folder)/\(styles[0])/\(name)")
      }
      return versions
    }
  }

  /// The pictures of a style by their names below its folder, without the format.
  private static func pictures(in folder: String) throws(DatasetError) -> [String: String] {
    Dictionary(
      try ImageDataset.imageNames(below: folder).map { (stem(of: $0), "\(folder)/\($0)") },
      uniquingKeysWith: min)
  }

  private static func stem(of name: String) -> String { PathText.withoutExtension(name) }
}
