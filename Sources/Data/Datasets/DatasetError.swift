/// A data set that cannot be read as it should.
public enum DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nothing is at the path.
  case notFound(path: String)
  /// A folder has no class folders, or a class folder no images.
  case empty(path: String, expected: String)
  /// A list file cannot be read as text.
  case unreadableList(path: String, reason: String)
  /// A line of a list file is not `path label`.
  case badLine(path: String, line: Int, text: String)
  /// Two sets that must have the same classes do not.
  case otherClasses(path: String, expected: [String], found: [String])
  /// Nothing at the path is laid out as images with label maps.
  case noScenes(path: String)
  /// A list names an image that is not there.
  case noImage(path: String, list: String)
  /// An image without a label map.
  case noLabels(image: String, expected: [String])
  /// A training image of which a folder of stylised images has no version.
  case noStylised(image: String, expected: String)
  /// An image and its label map of different sizes, width and height.
  case differentSizes(image: String, imageSize: [Int], labels: String, labelSize: [Int])
  /// A label map holds a value that its class table does not name.
  case unknownLabel(path: String, value: Int, x: Int, y: Int)
  /// A class table contradicts itself.
  case badClassTable(path: String, problem: String)
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
    case .unreadableList(let path, let reason):
      "\(path): the list of images cannot be read: \(reason); expected a text file in UTF-8 with an image on each line"
    case .badLine(let path, let line, let text):
      "\(path):\(line): expected 'path label' with a label from 0 on, found '\(text)'"
    case .otherClasses(let path, let expected, let found):
      "\(path) has other classes than the training data: expected \(Self.list(expected)), found "
        + Self.list(found)
    case .noScenes(let path):
      "no images with label maps at \(path); expected a folder with the folders images and labels, a list of image "
        + "names beside them, or a split of Cityscapes such as leftImg8bit/val"
    case .noImage(let path, let list):
      "\(list) names an image that is not there: expected \(path)"
    case .noLabels(let image, let expected):
      "\(image) has no label map; expected \(expected.joined(separator: " or "))"
    case .noStylised(let image, let expected):
      "\(image) has no stylised version; expected \(expected) or such a file of another style, since each style's "
        + "folder is laid out as the training images are"
    case .differentSizes(let image, let imageSize, let labels, let labelSize):
      "\(image) has \(imageSize[0]) × \(imageSize[1]) pixels, but its label map \(labels) has \(labelSize[0]) × "
        + "\(labelSize[1]); mend the pair, or leave such pairs out with data.on_error=skip"
    case .unknownLabel(let path, let value, let x, let y):
      "\(path) holds the value \(value) at column \(x), row \(y), which the class table does not name; add it to a "
        + "class's values or to ignore"
    case .badClassTable(let path, let problem):
      "\(path): \(problem)"
    case .tooSmall(let path, let samples, let batchSize):
      "\(path) has \(samples) images, fewer than one batch of \(batchSize); lower train.batch_size"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
  }
}
