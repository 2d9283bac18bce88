import YAML

extension SegmentationClasses {
  /// Reads a table of the form
  /// ```yaml
  /// classes:
  ///   - {name: road, color: [128, 64, 128], values: [7]}
  /// ignore: [255]
  /// ```
  /// - Throws: `YAMLError` naming line and key of what is missing, misspelt or out of range; `DatasetError.badClassTable`
  ///   for a name or a value that occurs twice.
  init(contentsOfFile path: String) throws {
    var root = try YAMLMapping(YAMLNode(contentsOfFile: path))
    let entries = try root.mappings("classes").map { entry in
      var entry = entry
      let result = Class(
        name: try entry.string("name"),
        color: try entry.ints("color", in: 0...255).map(UInt8.init),
        values: try entry.ints("values", in: 0...255).map(UInt8.init))
      try entry.finish()
      return result
    }
    let ignoredValues = try root.ints("ignore", default: [255], in: 0...255).map(UInt8.init)
    try root.finish()
    if let problem = Self.problem(entries, ignoredValues) {
      throw DatasetError.badClassTable(path: path, problem: problem)
    }
    self.init(entries, ignoring: ignoredValues)
  }

  /// What keeps the entries from being a table.
  static func problem(_ entries: [Class], _ ignoredValues: [UInt8]) -> String? {
    guard (1...maximumCount).contains(entries.count) else {
      return "expected 1 to \(maximumCount) classes, found \(entries.count)"
    }
    var names = Set<String>()
    var values = Set(ignoredValues)
    for entry in entries {
      if !names.insert(entry.name).inserted { return "the class '\(entry.name)' occurs twice" }
      if entry.color.count != 3 {
        return "the color of '\(entry.name)' has \(entry.color.count) numbers, expected 3"
      }
      if entry.values.isEmpty { return "the class '\(entry.name)' has no values" }
      for value in entry.values where !values.insert(value).inserted {
        return "the value \(value) of '\(entry.name)' occurs twice"
      }
    }
    return nil
  }
}
