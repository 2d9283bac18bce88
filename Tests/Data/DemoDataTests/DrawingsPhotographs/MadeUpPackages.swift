import ClassTables
import DataTestSupport
import DemoData
import Foundation
import Imaging

/// Two tiny packages and a class table for them, in a temporary folder.
struct MadeUpPackages {
  static let table = """
    version: 3
    classes:
      stone:
        drawings:
          take:
            rocks: ["*"]
            unsorted: [pebble]
          leave-out: ["*_photo"]
          twins: [rock7]
        photographs:
          take:
            rocks: [quartz]
      animal:
        drawings:
          take: {animals: [dog*, cat]}
        photographs:
          take: {animals: [dog]}
    """

  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let red = try Image(width: 3, height: 3, color: [255, 0, 0, 255])
    let rocks = (1...11).map { "rocks/rock\($0)" } + ["rocks/beach_photo", "unsorted/pebble"]
    for name in rocks + ["unsorted/tree", "animals/dog_1", "animals/dog_2", "animals/cat"] {
      try folder.write(red, to: "drawings/\(name).png")
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("drawings/animals/dog_3.png"), withDestinationPath: "dog_1.png")
    for name in ["rocks/quartz", "rocks/sand", "animals/dog"] {
      try folder.write(red, to: "photographs/\(name).png")
    }
  }

  var drawings: PicturePackage {
    PicturePackage(name: "drawings-package", root: folder.path("drawings"))
  }

  var photographs: PicturePackage {
    PicturePackage(name: "photographs-package", root: folder.path("photographs"))
  }

  /// Where the data set is made.
  var output: String { folder.path("made/set") }

  func maker(
    table: String = Self.table, background: DrawingsPhotographs.Background = .white, size: Int = 16
  ) throws -> DrawingsPhotographsMaker {
    DrawingsPhotographsMaker(
      table: try ClassTable(parsing: table, source: "table.yaml"), drawings: drawings,
      photographs: photographs, background: background, size: size)
  }
}
