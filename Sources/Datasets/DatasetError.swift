/// A data set that cannot be read as it should.
public enum DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nothing is at the path.
  case notFound(path: String)
  /// A folder has no class folders, or a class folder no images.
  case empty(path: String, expected: String)
  /// A line of a list file is not `path label`.
  case badLine(path: String, line: Int, text: String)
  /// Two sets that must have the same classes do not.
  case otherClasses(path: String, expected: [String], found: [String])
  /// Fewer samples than a batch needs.
  case tooSmall(path: String, samples: Int, batchSize: Int)

  /// What, where, expected and found, and what to do.
  public var description: String {
    switch self {
    case .notFound(let path):
      "no data at \(path); expected a folder with one folder of images a class, a folder with an "
        + "image_list.txt, or a list file of 'path label' lines"
    case .empty(let path, let expected):
      "\(path) is empty; expected \(expected)"
    case .badLine(let path, let line, let text):
      "\(path):\(line): expected 'path label' with a label from 0 on, found '\(text)'"
    case .otherClasses(let path, let expected, let found):
      "\(path) has other classes than the training data: expected \(Self.list(expected)), found "
        + Self.list(found)
    case .tooSmall(let path, let samples, let batchSize):
      "\(path) has \(samples) images, fewer than one batch of \(batchSize); lower train.batch_size"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
  }
}
