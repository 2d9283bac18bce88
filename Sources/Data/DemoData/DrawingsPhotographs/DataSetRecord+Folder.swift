import ClassTables
import Foundation

extension DataSetRecord {
  static let fileName = "data-set.yaml"

  /// The record of the data set in a folder.
  /// - Throws: An error that says why the folder has none.
  init(ofFolder folder: URL) throws {
    try self.init(contentsOfFile: folder.appendingPathComponent(Self.fileName).path)
  }

  /// The summary of the classes for the user.
  var counts: [DrawingsPhotographs.Summary.ClassCount] {
    classes.map {
      .init(name: $0.name, training: $0.training, heldOut: $0.heldOut, photographs: $0.photographs)
    }
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
