import ClassTables

extension SegmentationClasses {
  /// Reads a table of the form
  /// ```yaml
  /// classes:
  ///   - {name: road, color: [128, 64, 128], values: [7]}
  /// ignore: [255]
  /// ```
  /// - Throws: An error naming line and key of what is missing, misspelt or out of range; `DatasetError.badClassTable` for
  ///   a name or a value that occurs twice.
  init(contentsOfFile path: String) throws {
    let table = try LabelTable(contentsOfFile: path)
    let entries = table.entries.map {
      Class(name: $0.name, color: $0.color, values: $0.values)
    }
    if let problem = Self.problem(entries, table.ignoredValues) {
      throw DatasetError.badClassTable(path: path, problem: problem)
    }
    self.init(entries, ignoring: table.ignoredValues)
  }

  /// Why the entries are not a valid table; nil if they are.
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
