import YAML

/// The record of a finished data set: how it was made, and how many pictures each class has.
package struct DataSetRecord: Hashable, Sendable {
  private enum DataSet: String, CaseIterable {
    case drawingsPhotographs = "drawings-photographs"
  }

  /// How the pictures were made; sets with equal recipes have equal pictures.
  package struct Recipe: Hashable, Sendable {
    package let tableVersion: Int
    package let tableFingerprint: String
    package let background: String
    package let size: Int

    package init(tableVersion: Int, tableFingerprint: String, background: String, size: Int) {
      self.tableVersion = tableVersion
      self.tableFingerprint = tableFingerprint
      self.background = background
      self.size = size
    }
  }

  /// How many pictures a class has.
  package struct ClassCount: Hashable, Sendable {
    package let name: String
    package let training: Int
    package let heldOut: Int
    package let photographs: Int

    package init(name: String, training: Int, heldOut: Int, photographs: Int) {
      self.name = name
      self.training = training
      self.heldOut = heldOut
      self.photographs = photographs
    }
  }

  package let recipe: Recipe
  package let classes: [ClassCount]

  package init(recipe: Recipe, classes: [ClassCount]) {
    self.recipe = recipe
    self.classes = classes
  }

  /// Reads the record of a data set.
  /// - Throws: An error that says why the file is not such a record.
  package init(contentsOfFile path: String) throws {
    var record = try YAMLMapping(YAMLNode(contentsOfFile: path))
    let _: DataSet = try record.choice("data-set")
    recipe = Recipe(
      tableVersion: try record.int("table-version"),
      tableFingerprint: try record.string("table-fingerprint"),
      background: try record.string("background"), size: try record.int("size"))
    var counts = try record.mapping("classes")
    var classes = [ClassCount]()
    for name in counts.keys {
      var count = try counts.mapping(name)
      classes.append(
        ClassCount(
          name: name, training: try count.int("train"), heldOut: try count.int("held-out"),
          photographs: try count.int("photographs")))
    }
    self.classes = classes
  }

  /// The record as the text of its file.
  package func text() throws -> String {
    let value: YAMLValue = [
      "data-set": .string(DataSet.drawingsPhotographs.rawValue),
      "table-version": .integer(recipe.tableVersion),
      "table-fingerprint": .string(recipe.tableFingerprint),
      "background": .string(recipe.background),
      "size": .integer(recipe.size),
      "classes": .mapping(
        classes.map { count in
          YAMLValue.Member(
            key: count.name,
            value: [
              "train": .integer(count.training), "held-out": .integer(count.heldOut),
              "photographs": .integer(count.photographs),
            ])
        }),
    ]
    return try value.text()
  }
}
