import Foundation
import YAML

/// What a finished data set says of itself, in `data-set.yaml` in its folder.
struct DataSetRecord: Hashable, Sendable {
  static let fileName = "data-set.yaml"

  private enum DataSet: String, CaseIterable {
    case drawingsPhotographs = "drawings-photographs"
  }

  /// How the pictures were made; sets with equal recipes have equal pictures.
  struct Recipe: Hashable, Sendable {
    let tableVersion: Int
    let tableFingerprint: String
    let background: String
    let size: Int
  }

  let recipe: Recipe
  let classes: [DrawingsPhotographs.Summary.ClassCount]

  init(recipe: Recipe, classes: [DrawingsPhotographs.Summary.ClassCount]) {
    self.recipe = recipe
    self.classes = classes
  }

  /// The record of the data set in a folder.
  ///
  /// - Throws: `YAMLError` where the folder has no record, or that of something else.
  init(ofFolder folder: URL) throws(YAMLError) {
    let file = folder.appendingPathComponent(Self.fileName).path
    var record = try YAMLMapping(YAMLNode(contentsOfFile: file))
    let _: DataSet = try record.choice("data-set")
    recipe = Recipe(
      tableVersion: try record.int("table-version"),
      tableFingerprint: try record.string("table-fingerprint"),
      background: try record.string("background"), size: try record.int("size"))
    var counts = try record.mapping("classes")
    var classes = [DrawingsPhotographs.Summary.ClassCount]()
    for name in counts.keys {
      var count = try counts.mapping(name)
      classes.append(
        DrawingsPhotographs.Summary.ClassCount(
          name: name, training: try count.int("train"), heldOut: try count.int("held-out"),
          photographs: try count.int("photographs")))
    }
    self.classes = classes
  }

  /// The record as the text of its file.
  func text() throws(DrawingsPhotographs.MakingError) -> String {
    do { return try value.text() } catch { throw .table(error) }
  }

  private var value: YAMLValue {
    [
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
  }

  /// Whether a folder still holds as many pictures as the record says.
  func isComplete(in folder: URL) -> Bool {
    classes.allSatisfy { count in
      let paths = SelectedClass.Paths(count.name)
      return [
        (paths.training, count.training), (paths.heldOut, count.heldOut),
        (paths.photographs, count.photographs),
      ].allSatisfy { path, expected in
        let files = try? FileManager.default.contentsOfDirectory(
          atPath: folder.appendingPathComponent(path).path)
        return files?.count { $0.hasSuffix(".png") } == expected
      }
    }
  }
}
