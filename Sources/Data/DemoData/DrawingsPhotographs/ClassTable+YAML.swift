import Datasets
import YAML

extension ClassTable {
  /// Reads a table from its YAML text.
  ///
  /// - Parameter source: What errors call the text.
  /// - Throws: ``YAMLError`` that names the line of what is missing, misspelt or of a wrong type.
  package init(parsing text: String, source: String) throws(YAMLError) {
    var table = try YAMLMapping(YAMLNode(parsing: text, source: source))
    version = try table.int("version", in: 1...)
    fingerprint = String(StableHash.fnv1a(text), radix: 16)
    var classes = try table.mapping("classes")
    var entries = [Entry]()
    for name in classes.keys {
      var sides = try classes.mapping(name)
      entries.append(
        Entry(
          name: name,
          drawings: try PictureSelection(sides.mapping("drawings")),
          photographs: try PictureSelection(sides.mapping("photographs"))))
      try sides.finish()
    }
    self.entries = entries.sorted { $0.name < $1.name }
    try table.finish()
  }

  /// The table of the data set.
  ///
  /// - Throws: ``YAMLError`` where the table was edited wrongly.
  package static func embedded() throws(YAMLError) -> ClassTable {
    // Compiled in, not a resource bundle, so that the command finds it wherever it is copied.
    try ClassTable(
      parsing: String(decoding: PackageResources.drawings_photographs_yaml, as: UTF8.self),
      source: "drawings-photographs.yaml")
  }
}

extension PictureSelection {
  fileprivate init(_ side: YAMLMapping) throws(YAMLError) {
    var side = side
    var take = try side.mapping("take")
    var topics = [Topic]()
    for folder in take.keys {
      topics.append(Topic(folder: folder, patterns: try take.strings(folder).map(NamePattern.init)))
    }
    self.topics = topics
    leftOut = try side.strings("leave-out", default: []).map(NamePattern.init)
    twins = try side.strings("twins", default: []).map(NamePattern.init)
    try side.finish()
  }
}
