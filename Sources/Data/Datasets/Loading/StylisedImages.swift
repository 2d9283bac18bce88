import Foundation

/// Versions of training images that somebody else has stylised: a folder a style, each laid out as the training set's.
///
/// For the image `train/bus/0001.png` of the set `train` a style `watercolour` holds `watercolour/bus/0001.png`; it may be
/// of another picture format. A style may lack images, as long as each image is there in one style at least.
public struct StylisedImages: Sendable {
  /// The files of each image, one a style.
  let files: [[String]]

  /// Finds the versions of `images`.
  /// - Parameters:
  ///   - folder: the folder with a folder a style.
  ///   - images: the training images' files, in their order.
  ///   - root: the folder of the training set, from where names within a style count.
  /// - Throws: `DatasetError` where the folder has no styles, or an image is there in none of them.
  public init(in folder: String, of images: [String], below root: String) throws {
    let files = FileManager.default
    let styles = files.isFolder(folder) ? try files.visibleFolders(in: folder) : []
    guard !styles.isEmpty else {
      throw DatasetError.empty(
        path: folder, expected: "a folder a style, each laid out as the training images are")
    }
    let names = styles.map { Self.pictures(in: "\(folder)/\($0)") }
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
  private static func pictures(in folder: String) -> [String: String] {
    Dictionary(
      ImageDataset.imageNames(below: folder).map { (stem(of: $0), "\(folder)/\($0)") },
      uniquingKeysWith: min)
  }

  private static func stem(of name: String) -> String { PathText.withoutExtension(name) }
}
