import Foundation
import Imaging

/// Pictures whose classes are not known, or that show none of the classes: those of a folder and its subfolders, or files.
public struct UnlabelledImages: ClassifiedImages {
  /// The folder, or another name for errors and records.
  public let path: String
  /// The files, in a fixed order.
  public let imagePaths: [String]
  /// Whether the pictures are turned as their EXIF orientation says.
  public let isUpright: Bool

  /// None: nothing may be counted by class.
  public var classNames: [String] { [] }
  /// The number of pictures.
  public var count: Int { imagePaths.count }

  /// The pictures in a folder and its subfolders.
  /// - Throws: `DatasetError.unreadable` where there is no folder, `.empty` where there is no picture in it.
  public init(below folder: String, isUpright: Bool = false) throws(DatasetError) {
    _ = try FolderListing(of: folder)
    let names = ImageDataset.imageNames(below: folder)
    guard !names.isEmpty else {
      throw .empty(path: folder, expected: "pictures (.jpg, .jpeg, .png or .webp)")
    }
    self.isUpright = isUpright
    path = folder
    imagePaths = names.map { "\(folder)/\($0)" }
  }

  /// No class; a loader stores this number and nobody reads it.
  public func imageClass(of index: Int) -> Int { 0 }
  /// The file.
  public func name(of index: Int) -> String { imagePaths[index] }

  /// Decodes a picture.
  /// - Throws: `ImageError` naming the file.
  public func image(
    _ index: Int, decoding: ImageDecoding, shorterSide: Int
  ) throws -> (image: Image, scale: Double) {
    switch decoding {
    case .exact: (try Image.decodeRGB(path: imagePaths[index], isUpright: isUpright), 1)
    case .scaled:
      try Image.decodeRGB(
        path: imagePaths[index], shorterSide: shorterSide, isUpright: isUpright)
    }
  }
}
