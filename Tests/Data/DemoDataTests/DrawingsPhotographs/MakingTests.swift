import DemoData
import Foundation
import Imaging
import Testing

@Suite struct MakingTests {
  @Test func writesTheFoldersOfBothSides() throws {
    let packages = try MadeUpPackages()
    let summary = try packages.maker().make(at: packages.output)
    #expect(!summary.wasFinished)
    #expect(summary.classes.map(\.name) == ["animal", "stone"])
    #expect(summary.classes.map(\.training) == [2, 9])
    #expect(summary.classes.map(\.heldOut) == [1, 2])
    #expect(summary.classes.map(\.photographs) == [1, 1])
    let files = packages.folder.files(below: "made/set")
    #expect(files.count { $0.hasPrefix("drawings/train/stone/") } == 9)
    #expect(files.count { $0.hasPrefix("drawings/held-out/animal/") } == 1)
    #expect(files.contains("photographs/stone/quartz.png"))
    #expect(files.count == 19)
  }

  @Test func makesTheSameBytesAgain() throws {
    let packages = try MadeUpPackages()
    let two = packages.folder.path("made/two")
    _ = try packages.maker().make(at: packages.output)
    _ = try packages.maker().make(at: two)
    let files = packages.folder.files(below: "made/set")
    #expect(files == packages.folder.files(below: "made/two"))
    for file in files {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: "\(packages.output)/\(file)"))
          == Data(contentsOf: URL(fileURLWithPath: "\(two)/\(file)")), "\(file)")
    }
  }

  @Test func storesCutOutsOfTheChosenSizeOnTheChosenBackground() throws {
    let packages = try MadeUpPackages()
    let row: [UInt8] = [0, 0, 0, 0, 1, 2, 3, 255, 0, 0, 0, 0, 0, 0, 0, 0]
    let column = try Image(
      width: 4, height: 8, channels: 4, pixels: (0..<8).flatMap { _ in row })
    try packages.folder.write(column, to: "photographs/rocks/quartz.png")
    _ = try packages.maker(background: .black, size: 16).make(at: packages.output)
    let made = try Image.decodeRGB(path: packages.output + "/photographs/stone/quartz.png")
    #expect(made.width == 16)
    #expect(made.height == 16)
    #expect(Array(made.pixels.prefix(3)) == [0, 0, 0])
    #expect(made == (try column.cutOut(on: [0, 0, 0], size: 16)))
  }

  @Test func describesItselfBesideThePictures() throws {
    let packages = try MadeUpPackages()
    let summary = try packages.maker().make(at: packages.output)
    let readme = try String(contentsOfFile: packages.output + "/README.md", encoding: .utf8)
    for text in [
      "drawings-package", "photographs-package", "public domain", "version 2", "version 3",
      "| animal | 2 | 1 | 1 |", "| total | 11 | 3 | 2 |",
    ] {
      #expect(readme.contains(text), "\(text)")
    }
    #expect(
      summary.description == """
        class   drawings  held out  photographs
        animal         2         1            1
        stone          9         2            1
        total         11         3            2
        """)
  }

  @Test func leavesAFinishedSetAsItIs() throws {
    let packages = try MadeUpPackages()
    let first = try packages.maker().make(at: packages.output)
    let picture = packages.output + "/photographs/stone/quartz.png"
    let mark = Date(timeIntervalSince1970: 1_000_000)
    try FileManager.default.setAttributes([.modificationDate: mark], ofItemAtPath: picture)
    try FileManager.default.removeItem(atPath: packages.drawings.root)
    let second = try packages.maker().make(at: packages.output)
    #expect(second.wasFinished)
    #expect(second.classes == first.classes)
    let attributes = try FileManager.default.attributesOfItem(atPath: picture)
    #expect(attributes[.modificationDate] as? Date == mark)
  }

  @Test func replacesASetMadeOtherwise() throws {
    let packages = try MadeUpPackages()
    _ = try packages.maker(size: 16).make(at: packages.output)
    for maker in [
      try packages.maker(size: 20), try packages.maker(background: .black, size: 20),
      try packages.maker(
        table: MadeUpPackages.table.replacingOccurrences(of: "[rock7]", with: "[rock8]"),
        background: .black, size: 20),
    ] {
      #expect(try !maker.make(at: packages.output).wasFinished)
      #expect(try maker.make(at: packages.output).wasFinished)
    }
    let made = try Image.decodeRGB(path: packages.output + "/drawings/train/stone/rock7.png")
    #expect(made.width == 20)
    #expect(packages.folder.files(below: "made").allSatisfy { $0.hasPrefix("set/") })
  }

  @Test func leavesTheUsersFilesAlone() throws {
    let packages = try MadeUpPackages()
    _ = try packages.maker(size: 16).make(at: packages.output)
    let file = packages.output + "/photographs/stone/mine.png"
    try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
    #expect(
      throws: DrawingsPhotographs.MakingError.folder(
        .foreign(folder: packages.output, name: "photographs/stone/mine.png"))
    ) {
      try packages.maker(size: 20).make(at: packages.output)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data("mine".utf8))
  }

  @Test func makesASetWithALostPictureAgain() throws {
    let packages = try MadeUpPackages()
    _ = try packages.maker().make(at: packages.output)
    let picture = packages.output + "/photographs/stone/quartz.png"
    try FileManager.default.removeItem(atPath: picture)
    #expect(try !packages.maker().make(at: packages.output).wasFinished)
    #expect(FileManager.default.fileExists(atPath: picture))
  }
}
