import YAML

extension ClassTable {
  /// Reads a table from its YAML text.
  ///
  /// - Parameter source: What errors call the text.
  /// - Throws: An error that names the line of what is missing, misspelt or of a wrong type.
  package init(parsing text: String, source: String) throws {
    var table = try YAMLMapping(YAMLNode(parsing: text, source: source))
    version = try table.int("version", in: 1...)
    self.text = text
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
}

extension PictureSelection {
  fileprivate init(_ side: YAMLMapping) throws {
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
