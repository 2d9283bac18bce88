import YAML

/// The classes of label maps, as a file of the form
/// ```yaml
/// classes:
///   - {name: road, color: [128, 64, 128], values: [7]}
/// ignore: [255]
/// ignore_colors: [[0, 0, 0]]
/// ```
/// names them; the user of the table must check whether they fit together.
package struct LabelTable: Sendable, Equatable {
  /// A class.
  package struct Entry: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Numbers from 0 to 255, three for red, green and blue.
    package let color: [UInt8]
    /// The values of a label map that stand for it; nil where its colour does.
    package let values: [UInt8]?
  }

  /// The classes, in the file's order.
  package let entries: [Entry]
  /// The values that stand for no class.
  package let ignoredValues: [UInt8]
  /// The colours that stand for no class.
  package let ignoredColors: [[UInt8]]

  /// Reads a table.
  /// - Throws: An error that names file, line and key of what is missing, misspelt or out of range.
  package init(contentsOfFile path: String) throws {
    var root = try YAMLMapping(YAMLNode(contentsOfFile: path))
    entries = try root.mappings("classes").map { entry in
      var entry = entry
      let result = Entry(
        name: try entry.string("name"),
        color: try entry.ints("color", in: 0...255).map(UInt8.init),
        values: entry.keys.contains("values")
          ? try entry.ints("values", in: 0...255).map(UInt8.init) : nil)
      try entry.finish()
      return result
    }
    ignoredValues = try root.ints("ignore", default: [255], in: 0...255).map(UInt8.init)
    ignoredColors =
      try root.optionalNode("ignore_colors")?.elements { color throws(YAMLError) in
        try color.elements { sample throws(YAMLError) in UInt8(try sample.int(in: 0...255)) }
      } ?? []
    try root.finish()
  }
}
