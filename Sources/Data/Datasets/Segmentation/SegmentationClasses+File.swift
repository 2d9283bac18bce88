import ClassTables

extension SegmentationClasses {
  /// Reads a table of the form
  /// ```yaml
  /// classes:
  ///   - {name: road, color: [128, 64, 128], values: [7]}
  /// ignore: [255]
  /// ```
  /// Where no class has values, label maps are read by their colours.
  /// - Throws: An error naming line and key of what is missing, misspelt or out of range; `DatasetError.badClassTable` for
  ///   a name or a value that occurs twice.
  init(contentsOfFile path: String) throws {
    let table = try LabelTable(contentsOfFile: path)
    let readsColors = !table.entries.isEmpty && table.entries.allSatisfy { $0.values == nil }
    let entries = table.entries.enumerated().map { index, entry in
      // Maps that are written hold indices then.
      Class(
        name: entry.name, color: entry.color,
        values: entry.values ?? (readsColors ? [UInt8(truncatingIfNeeded: index)] : []))
    }
    // These indices are in no label map that is read by its colours, so that ignoring one of them says nothing.
    let ignoredValues = table.ignoredValues.filter { !readsColors || Int($0) >= entries.count }
    if let problem = Self.problem(entries, ignoredValues)
      ?? Self.colorProblem(readsColors ? entries.map(\.color) : [], table.ignoredColors)
    {
      throw DatasetError.badClassTable(path: path, problem: problem)
    }
    self.init(
      entries, ignoring: ignoredValues, readsColors: readsColors,
      ignoredColors: table.ignoredColors, acceptsColors: true)
  }

  /// The table as such a file, with values.
  var text: String {
    func list(_ numbers: [UInt8]) -> String {
      "[" + numbers.map { "\($0)" }.joined(separator: ", ") + "]"
    }
    let entries = classes.map {
      "  - {name: \"\($0.name)\", color: \(list($0.color)), values: \(list($0.values))}\n"
    }
    return "classes:\n" + entries.joined() + "ignore: \(list(ignoredValues))\n"
  }

  /// Why colours cannot stand for classes; nil if they can.
  static func colorProblem(_ colors: [[UInt8]], _ ignored: [[UInt8]]) -> String? {
    var known = Set<[UInt8]>()
    for color in colors + ignored {
      if color.count != 3 { return "a color has \(color.count) numbers, expected 3" }
      if !known.insert(color).inserted { return "the color \(color) occurs twice" }
    }
    return nil
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
