/// Why a file of tensors could not be read or written, as one sentence and as parts.
public struct TensorFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The sort of failure.
  public enum Kind: Sendable {
    /// The file is not there, is no regular file, or may not be read.
    case unreadable
    /// The file could not be written; what stood there before is untouched.
    case unwritable
    /// The bytes are of no format that is read here, or the suffix of none that is written.
    case unknownFormat
    /// The file contradicts its own format.
    case damaged
    /// The file is valid, but holds what is not read here.
    case unsupported
    /// A pickle asks for something that is neither tensor nor container.
    case forbidden
    /// Reading the file would take more memory than a file of its size may ask for.
    case tooLarge
  }

  /// The sort of failure.
  public let kind: Kind

  /// The file.
  public let path: String

  /// Where in the file: a header, a tensor's name, a byte; empty where it is the file as a whole.
  public let place: String

  /// What should have been there.
  public let expected: String

  /// What was there.
  public let found: String

  /// Path, place, expected, found and what to do, in one sentence.
  public var description: String {
    let location = place.isEmpty ? path : "\(path): \(place)"
    let advice = kind.advice.map { "; \($0)" } ?? ""
    return "\(location): expected \(expected), found \(found)\(advice)."
  }
}

extension TensorFileError.Kind {
  /// What helps, where expected and found do not say it already.
  fileprivate var advice: String? {
    switch self {
    case .damaged: "copy or download the file again"
    case .forbidden: "if you trust the file, save its state_dict() alone with PyTorch"
    case .unwritable: "nothing was changed; choose another place or make room"
    case .unreadable, .unknownFormat, .unsupported, .tooLarge: nil
    }
  }
}
