/// Why an image could not be read, written or made; its description is one sentence for the user.
public enum ImageError: Error, Equatable, Sendable {
  /// The file could not be opened or read; `reason` is the reason that the system gives.
  case unreadable(path: String, reason: String)

  /// The bytes begin like none of the formats that this library reads.
  case unknownFormat(path: String)

  /// The bytes end too early or break the rules of `format`.
  case corrupt(path: String, format: ImageFormat, reason: String)

  /// The file is valid, but of a kind that this library does not read.
  case unsupported(path: String, reason: String)

  /// The picture has more pixels than `DecodingLimits` allow.
  case tooLarge(path: String, width: Int, height: Int, limit: Int)

  /// The file asks for more work or memory than `DecodingLimits` allow.
  case beyondLimits(path: String, reason: String)

  /// The file could not be written; at `path` everything is as it was before.
  case unwritable(path: String, reason: String)

  /// A size, rectangle or buffer fits no image, or not this one.
  case invalidArgument(String)
}

extension ImageError: CustomStringConvertible {
  /// One sentence: where, what is wrong and what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path): cannot read the image: \(reason)."
    case .unknownFormat(let path):
      "\(path): not a JPEG, PNG or WebP image (told by its first bytes, not by its name)."
    case .corrupt(let path, let format, let reason):
      "\(path): truncated or corrupt \(format.rawValue) image: \(reason)."
    case .unsupported(let path, let reason):
      "\(path): \(reason)."
    case .tooLarge(let path, let width, let height, let limit):
      "\(path): \(width) × \(height) pixels are more than the \(limit) allowed; make the image smaller, or if you "
        + "trust it set \(DecodingLimits.variable) to as many (\(Image.maximumPixelCount) at most)."
    case .beyondLimits(let path, let reason):
      "\(path): \(reason); save the image anew with an ordinary program."
    case .unwritable(let path, let reason):
      "\(path): cannot write the image: \(reason)."
    case .invalidArgument(let sentence):
      sentence
    }
  }
}
