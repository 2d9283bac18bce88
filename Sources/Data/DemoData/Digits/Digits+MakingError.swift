import Messages

extension Digits {
  /// Why the data set cannot be made.
  public enum MakingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file of a font does not exist.
    case missingFont(path: String, package: String)
    /// The file of the handwritten digits does not exist.
    case missingTable(path: String)
    /// The file of the handwritten digits holds something else.
    case badTable(path: String, line: Int, problem: String)
    /// The side of the printed pictures is out of range.
    case invalidSize(Int)
    /// There are fewer pictures than classes.
    case invalidCount(Int)

    /// What is wrong, where, and what to do.
    public var description: String {
      switch self {
      case .missingFont(let path, let package):
        "\(path): there is no such font; the Debian package \(package) brings it"
      case .missingTable(let path):
        "\(path): there is no such file; name its folder in SYN2REAL_DIGITS"
      case .badTable(let path, let line, let problem):
        "\(path):\(line): \(problem); remove the file and fetch it again"
      case .invalidSize(let size):
        "The printed digits can be \(Digits.sizes.lowerBound) to \(Digits.sizes.upperBound) pixels wide, not \(size)."
      case .invalidCount(let count):
        "There must be at least one printed picture of each of the 10 digits in either part, not \(count) in all."
      }
    }
  }
}
