/// Why a file of tensors could not be read or written, as one sentence and as parts.
public struct TensorFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  public enum Kind: Sendable {
    /// The file does not exist, is not a regular file, or may not be read.
    case unreadable
    /// The file could not be written; what was there before is untouched.
    case unwritable
    /// The bytes have no format that can be read here, or the suffix belongs to no format that can be written.
    case unknownFormat
    /// The file contradicts its own format.
    case damaged
    /// The file is valid, but holds something that cannot be read here.
    case unsupported
    /// A pickle asks for something that is neither tensor nor container.
    case forbidden
    /// Reading the file would take more memory than is allowed for its size.
    case tooLarge
  }

  /// The kind of failure.
  public let kind: Kind

  /// The file.
  public let path: String

  /// The place in the file: a header, a tensor's name, a byte; empty for the file as a whole.
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
  /// What the user can do, if `expected` and `found` do not say it already.
  fileprivate var advice: String? {
    switch self {
    case .damaged: "copy or download the file again"
    case .forbidden: "if you trust the file, save its state_dict() alone with PyTorch"
    case .unwritable: "nothing was changed; choose another place or make room"
    case .unreadable, .unknownFormat, .unsupported, .tooLarge: nil
    }
  }
}
