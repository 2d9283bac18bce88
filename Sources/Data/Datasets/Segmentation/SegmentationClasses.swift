/// The classes of pixels: their names and colours, and the values that stand for them in label maps.
public struct SegmentationClasses: Sendable, Equatable, Codable {
  /// A class.
  public struct Class: Sendable, Equatable, Codable {
    /// Its name.
    public let name: String
    /// Red, green and blue in pictures for people.
    public let color: [UInt8]
    /// The values of a label map that stand for it; when a label map is written, the first is used.
    public let values: [UInt8]
  }

  /// The index of pixels that belong to no class.
  public static let ignored: UInt8 = 255
  /// The largest possible number of classes.
  static let maximumCount = 254
  /// Stands in `table` for values that the table does not name.
  static let unknown: UInt8 = 254

  /// The classes, by index.
  public let classes: [Class]
  /// The values that stand for no class.
  public let ignoredValues: [UInt8]
  /// Whether label maps are read by the colours of the classes, not by values.
  public let readsColors: Bool
  /// The colours that stand for no class.
  public let ignoredColors: [[UInt8]]
  /// Whether label maps without values may be read by their colours: only if the set itself says what these mean.
  let acceptsColors: Bool
  /// The index of each value.
  let table: [UInt8]

  /// A table of at most 254 classes.
  package init(
    _ classes: [Class], ignoring ignoredValues: [UInt8], readsColors: Bool = false,
    ignoredColors: [[UInt8]] = [], acceptsColors: Bool = false
  ) {
    self.acceptsColors = acceptsColors
    self.readsColors = readsColors
    self.ignoredColors = ignoredColors
    self.classes = classes
    self.ignoredValues = ignoredValues
    var table = [UInt8](repeating: Self.unknown, count: 256)
    for value in ignoredValues { table[Int(value)] = Self.ignored }
    for (index, entry) in classes.prefix(Self.maximumCount).enumerated() {
      for value in entry.values { table[Int(value)] = UInt8(index) }
    }
    self.table = table
  }

  /// The names, by index.
  public var names: [String] { classes.map(\.name) }

  /// The same classes for label maps that hold their indices.
  var byIndex: SegmentationClasses {
    SegmentationClasses(
      classes.enumerated().map { index, entry in
        Class(name: entry.name, color: entry.color, values: [UInt8(truncatingIfNeeded: index)])
      }, ignoring: [Self.ignored])
  }
}

extension SegmentationClasses {
  /// Whether two tables say the same of every label map; where they were read from plays no part.
  public static func == (one: SegmentationClasses, other: SegmentationClasses) -> Bool {
    one.classes == other.classes && one.table == other.table
      && one.readsColors == other.readsColors && one.ignoredColors == other.ignoredColors
  }
}

extension SegmentationClasses {
  private enum CodingKeys: String, CodingKey {
    case classes
    case ignoredValues = "ignore"
    case readsColors = "reads_colors"
    case ignoredColors = "ignore_colors"
  }

  /// Reads the classes from JSON with `classes` and `ignore`.
  /// - Throws: `DecodingError`, also for a name or a value that occurs twice and a class without values or colour.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let classes = try container.decode([Class].self, forKey: .classes)
    let ignoredValues = try container.decode([UInt8].self, forKey: .ignoredValues)
    if let problem = Self.problem(classes, ignoredValues) {
      throw DecodingError.dataCorruptedError(
        forKey: .classes, in: container, debugDescription: problem)
    }
    let ignoredColors = try container.decodeIfPresent([[UInt8]].self, forKey: .ignoredColors) ?? []
    if let problem = Self.colorProblem([], ignoredColors) {
      throw DecodingError.dataCorruptedError(
        forKey: .ignoredColors, in: container, debugDescription: problem)
    }
    self.init(
      classes, ignoring: ignoredValues,
      readsColors: try container.decodeIfPresent(Bool.self, forKey: .readsColors) ?? false,
      ignoredColors: ignoredColors)
  }

  /// Writes the classes as JSON with `classes` and `ignore`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(classes, forKey: .classes)
    try container.encode(ignoredValues, forKey: .ignoredValues)
    if readsColors { try container.encode(true, forKey: .readsColors) }
    if !ignoredColors.isEmpty { try container.encode(ignoredColors, forKey: .ignoredColors) }
  }
}
