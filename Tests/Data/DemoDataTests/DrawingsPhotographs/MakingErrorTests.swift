import DemoData
import Foundation
import Imaging
import Testing

@Suite struct MakingErrorTests {
  typealias MakingError = DrawingsPhotographs.MakingError

  @Test func namesTheMissingPackage() throws {
    let packages = try MadeUpPackages()
    try FileManager.default.removeItem(atPath: packages.photographs.root)
    let error = #expect(throws: MakingError.self) {
      try packages.maker().make(at: packages.output)
    }
    #expect(
      error == .missingPackage(name: "photographs-package", folder: packages.photographs.root))
    #expect(error?.description.contains("the Debian package photographs-package brings it") == true)
  }

  @Test func namesACorruptPictureAndLeavesNothingBehind() throws {
    let packages = try MadeUpPackages()
    try packages.folder.write(Data("no picture".utf8), to: "drawings/rocks/rock3.png")
    let error = #expect(throws: MakingError.self) {
      try packages.maker().make(at: packages.output)
    }
    #expect(error?.description.contains("drawings/rocks/rock3.png") == true)
    #expect(packages.folder.files(below: "made") == [])
  }

  @Test func keepsTheFormerSetWhenANewOneFails() throws {
    let packages = try MadeUpPackages()
    let former = try packages.maker().make(at: packages.output)
    try packages.folder.write(Data("no picture".utf8), to: "drawings/rocks/rock3.png")
    #expect(throws: MakingError.self) { try packages.maker(size: 20).make(at: packages.output) }
    #expect(try packages.maker().make(at: packages.output).classes == former.classes)
  }

  @Test func namesAPictureThatShowsNothing() throws {
    let packages = try MadeUpPackages()
    try packages.folder.write(
      Image(width: 2, height: 2, color: [0, 0, 0, 0]), to: "photographs/rocks/quartz.png")
    let blank = packages.folder.path("photographs/rocks/quartz.png")
    #expect(throws: MakingError.transparent(path: blank)) {
      try packages.maker().make(at: packages.output)
    }
  }

  @Test func namesAClassWithoutPictures() throws {
    let packages = try MadeUpPackages()
    try FileManager.default.removeItem(atPath: packages.photographs.root + "/animals/dog.png")
    #expect(throws: MakingError.emptyClass(name: "animal", package: "photographs-package")) {
      try packages.maker().make(at: packages.output)
    }
  }

  @Test func leavesAFolderOfSomethingElseAlone() throws {
    let packages = try MadeUpPackages()
    try packages.folder.write(Data("mine".utf8), to: "made/set/thesis.txt")
    #expect(throws: MakingError.folder(.occupied(folder: packages.output))) {
      try packages.maker().make(at: packages.output)
    }
    #expect(packages.folder.files(below: "made") == ["set/thesis.txt"])
  }

  @Test func namesAFolderThatCannotBeMade() throws {
    let packages = try MadeUpPackages()
    try packages.folder.write(Data(), to: "file")
    let inside = packages.folder.path("file/set")
    #expect(throws: MakingError.folder(.unwritable(path: inside, reason: "Not a directory"))) {
      try packages.maker().make(at: inside)
    }
  }

  @Test(arguments: [0, 15, 1025, -1, Int.max])
  func refusesAnImpossibleSize(size: Int) throws {
    let packages = try MadeUpPackages()
    #expect(throws: MakingError.invalidSize(size)) {
      try packages.maker(size: size).make(at: packages.output)
    }
  }
}
