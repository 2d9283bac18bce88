import Foundation
import Imaging

/// The data set of drawn streets: training on one rendering style, evaluation on another.
///
/// Both styles are rendered; the second stands in for an unseen domain and is called the held-out style.
public enum Streets {
  /// What is drawn.
  public struct Options: Sendable, Equatable, Codable {
    /// The width of the pictures, in pixels.
    public var width: Int
    /// The height of the pictures, in pixels.
    public var height: Int
    /// The number of pictures for training.
    public var trainingCount: Int
    /// The number of pictures of the same style that are held out.
    public var heldOutCount: Int
    /// The number of pictures in the held-out style.
    public var otherStyleCount: Int
    /// The seed of everything that is drawn at random.
    public var seed: UInt64
    /// Increased with every change of the drawing.
    private(set) var version = 1

    /// The options of the set that the demo uses.
    public init(
      width: Int = 320, height: Int = 192, trainingCount: Int = 240, heldOutCount: Int = 40,
      otherStyleCount: Int = 60, seed: UInt64 = 0
    ) {
      self.width = width
      self.height = height
      self.trainingCount = trainingCount
      self.heldOutCount = heldOutCount
      self.otherStyleCount = otherStyleCount
      self.seed = seed
    }
  }

  /// A part of the set.
  struct Part {
    /// Its folder within the set's.
    let folder: String
    let style: StreetStyle
    /// The numbers of its scenes; no two parts of a style share one.
    let indices: Range<Int>
  }

  /// The record of a finished set.
  private static let recordName = "streets.json"

  /// Draws the set, or finds it finished: GTA5's layout three times, each with its class table.
  /// ```
  /// FOLDER/source/train/images/00001.png        and labels/00001.png, classes.yaml
  /// FOLDER/source/held-out/…
  /// FOLDER/held-out-style/…
  /// FOLDER/README.md
  /// ```
  /// The folder appears complete or not at all; a set made otherwise is replaced where nothing else lies in it, by its
  /// list of files.
  /// - Parameter maker: what the text beside the pictures names as their maker, such as a command line.
  /// - Returns: A sentence about the set.
  /// - Throws: `FolderError` for a folder that holds something else or cannot be written, `ImageError`.
  public static func make(
    at folder: String, _ options: Options = Options(), maker: String = "syn2real"
  ) throws -> String {
    let wasThere = try OutputFolder(folder).fill(describedBy: options, in: recordName) { partial in
      for part in parts(options) { try write(part, options, to: partial) }
      try partial.write(readme(options, maker: maker), to: "README.md")
    }
    return summary(folder, options) + (wasThere ? ", as it was" : "")
  }

  static func parts(_ options: Options) -> [Part] {
    let (training, all) = (options.trainingCount, options.trainingCount + options.heldOutCount)
    return [
      Part(folder: "source/train", style: .source, indices: 0..<training),
      Part(folder: "source/held-out", style: .source, indices: training..<all),
      Part(folder: "held-out-style", style: .heldOut, indices: 0..<options.otherStyleCount),
    ]
  }

  private static func write(_ part: Part, _ options: Options, to folder: PartialFolder) throws {
    try folder.makeFolder("\(part.folder)/images")
    try folder.makeFolder("\(part.folder)/labels")
    try folder.write(classTable, to: "\(part.folder)/classes.yaml")
    try folder.writeInParallel(0..<part.indices.count) { number in
      let renderer = StreetRenderer(
        part.style, index: part.indices.lowerBound + number, seed: options.seed,
        width: options.width, height: options.height)
      let name = String(format: "%05d.png", number + 1)
      try renderer.image().writePNGInPassing(to: folder.path("\(part.folder)/images/\(name)"))
      try renderer.labelMap()
        .writePNG(to: folder.path("\(part.folder)/labels/\(name)"), palette: palette)
    }
  }

  /// The classes' colours at their label ids.
  private static let palette: [[UInt8]] = {
    var colors = [[UInt8]](repeating: [0, 0, 0], count: 256)
    for entry in StreetClass.table.classes {
      for value in entry.values { colors[Int(value)] = entry.color }
    }
    return colors
  }()

  private static let classTable: String = {
    let lines = StreetClass.table.classes.map { entry in
      "  - {name: \(entry.name), color: \(entry.color), values: \(entry.values)}"
    }
    return (["classes:"] + lines + ["ignore: [255]"]).map { $0 + "\n" }.joined()
  }()

  private static func summary(_ folder: String, _ options: Options) -> String {
    "\(folder): \(options.trainingCount) streets to train on, \(options.heldOutCount) held out, "
      + "\(options.otherStyleCount) in the held-out style, \(options.width) × \(options.height) pixels"
  }

  private static func readme(_ options: Options, maker: String) -> String {
    """
    # Streets

    Drawn by `\(maker)`, seed \(options.seed); free of anybody's rights.

    | folder | pictures | |
    | --- | ---: | --- |
    | `source/train` | \(options.trainingCount) | a bright day |
    | `source/held-out` | \(options.heldOutCount) | the same style, other scenes |
    | `held-out-style` | \(options.otherStyleCount) | a hazy evening through another lens; rendered too, not real |

    Labels are palette PNGs whose indices are Cityscapes' label ids, as in GTA5; `classes.yaml` names those in use.

    """
  }
}
