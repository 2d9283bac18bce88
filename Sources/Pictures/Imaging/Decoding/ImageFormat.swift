/// A file format this library decodes, recognised by the first bytes of the file.
public enum ImageFormat: String, Sendable, CaseIterable {
  /// JPEG/JFIF, baseline and progressive.
  case jpeg = "JPEG"

  /// Portable Network Graphics.
  case png = "PNG"

  /// WebP, lossy and lossless, still images.
  case webP = "WebP"

  /// Recognises the format of an encoded image, or nil when the bytes begin like none of them.
  public init?(bytes: some RandomAccessCollection<UInt8>) {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: Array("RIFF".utf8)),
      bytes.dropFirst(8).starts(with: Array("WEBP".utf8))
    {
      self = .webP
    } else {
      return nil
    }
  }
}
