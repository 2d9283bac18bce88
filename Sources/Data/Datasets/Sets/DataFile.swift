import FileInput
import Imaging

/// A file of a data set: one on disk, or a part of an archive that is read in place.
public struct DataFile: Sendable, Equatable {
  /// Its path; of a part of an archive, the archive's with the name within added.
  public let path: String
  /// The part of an archive that it is; nil for a file on disk.
  public let part: ArchivePart?

  /// A file on disk.
  public init(path: String) {
    self.path = path
    part = nil
  }

  /// A part of an archive.
  init(part: ArchivePart) {
    path = "\(part.archive)/\(part.name)"
    self.part = part
  }

  /// All of its bytes.
  /// - Throws: `ImageError.unreadable`.
  func bytes() throws(ImageError) -> [UInt8] {
    let limit = DecodingLimits.standard.maximumFileByteCount
    do throws(RegularFile.Refusal) {
      guard let part else { return try RegularFile.bytes(of: path, limit: limit) }
      guard part.size <= limit else { throw .tooLarge(limit: limit) }
      return try RegularFile.bytes(of: part.archive, from: part.offset, count: part.size)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }
}

/// A file within an archive.
public struct ArchivePart: Sendable, Equatable {
  /// The archive's path.
  public let archive: String
  /// The name within.
  public let name: String
  /// The place of the first byte in the archive.
  public let offset: Int
  /// The number of bytes.
  public let size: Int
}

extension DataFile {
  /// Decodes a picture as `Image.decoded` does.
  package func decoded(isUpright: Bool = false) throws(ImageError) -> DecodedImage {
    guard part != nil else { return try Image.decoded(path: path, isUpright: isUpright) }
    return try Image.decoded(bytes(), name: path, isUpright: isUpright)
  }

  /// Decodes a picture as `Image.decodeRGB` does, no larger than needed.
  func decodeRGB(
    shorterSide: Int, isUpright: Bool
  ) throws(ImageError) -> (image: Image, scale: Double) {
    guard part != nil else {
      return try Image.decodeRGB(path: path, shorterSide: shorterSide, isUpright: isUpright)
    }
    return try Image.decodeRGB(
      bytes(), shorterSide: shorterSide, name: path, isUpright: isUpright)
  }

  /// Decodes a label map as `Image.decodeIndices` does.
  func decodeIndices(inFirstChannel: Bool = false) throws(ImageError) -> Image {
    guard part != nil else {
      return try Image.decodeIndices(path: path, inFirstChannel: inFirstChannel)
    }
    return try Image.decodeIndices(bytes(), name: path, inFirstChannel: inFirstChannel)
  }
}
