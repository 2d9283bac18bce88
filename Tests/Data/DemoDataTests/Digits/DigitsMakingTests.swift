import DataTestSupport
import Datasets
import DemoData
import Foundation
import Imaging
import Testing

@Suite struct DigitsMakingTests {
  private let folder: TemporaryFolder
  private let options = Digits.Options(size: 24, trainingCount: 60, heldOutCount: 20)
  private let table = HandwrittenDigits(
    name: "written", fileName: "written.csv.gz", side: 2, maximum: 16, count: 20)

  init() throws {
    folder = try TemporaryFolder()
    // Digit 0 twice, then 1 twice, …
    let lines = (0..<20).map { "\($0 % 17),0,16,\($0 / 2),\($0 / 2)\n" }
    try folder.writeGzip(lines.joined(), to: "tables/written.csv.gz")
  }

  private func make(
    _ name: String = "digits", _ options: Digits.Options? = nil,
    _ change: (inout DigitsMaker) -> Void = { _ in }
  ) throws -> String {
    var maker = DigitsMaker(options ?? self.options, handwriting: folder.path("tables"))
    maker.tables = [table]
    change(&maker)
    return try maker.make(at: folder.path(name))
  }

  @Test func theSetIsReadAsItIsLaidOut() throws {
    let said = try make()
    #expect(
      said.hasSuffix(
        "60 printed digits to train on, 20 held out in other fonts, 24 × 24 pixels; handwritten: 20 in written"
      ))
    for (part, count, side) in [
      ("printed/train", 60, 24), ("printed/held-out", 20, 24), ("written", 20, 2),
    ] {
      let set = try ImageDataset(at: folder.path("digits/\(part)"))
      #expect(set.classes == (0..<10).map(String.init))
      #expect(
        (0..<10).allSatisfy { digit in
          set.samples.count { $0.label == digit } == count / 10
        })
      for sample in set.samples {
        let picture = try Image.decodeRGB(path: sample.path)
        #expect(picture.width == side && picture.height == side)
      }
    }
    // Row 13, the second of the digit 6.
    let written = try picture("digits/written/6/00002.png")
    #expect(stride(from: 0, to: 12, by: 3).map { written.pixels[$0] } == [207, 0, 255, 96])
    let readme = try String(contentsOfFile: folder.path("digits/README.md"), encoding: .utf8)
    for font in DigitFont.training + DigitFont.heldOut {
      #expect(readme.contains("| \(font.family) | `\(font.package)` |"))
    }
  }

  @Test func theSameSeedPrintsTheSameDigits() throws {
    _ = try make("one")
    _ = try make("two")
    let files = folder.files(below: "one")
    #expect(files.count == 103)
    #expect(files == folder.files(below: "two"))
    for file in files {
      #expect(try bytes("one/\(file)") == bytes("two/\(file)"), "\(file)")
    }
    var other = options
    other.seed = 1
    _ = try make("three", other)
    let printed = files.filter { $0.hasPrefix("printed/") }
    #expect(try printed.allSatisfy { try bytes("one/\($0)") != bytes("three/\($0)") })
  }

  /// No two pictures of a part are equal, not even for the same digit.
  @Test func noTwoPrintedPicturesAreAlike() throws {
    _ = try make()
    let files = folder.files(below: "digits/printed")
    #expect(try Set(files.map { try bytes("digits/printed/\($0)") }).count == 80)
  }

  /// A longer set begins with a shorter one.
  @Test func picturesDependOnTheirNumberAlone() throws {
    _ = try make("short")
    var more = options
    more.trainingCount = 90
    _ = try make("long", more)
    for file in folder.files(below: "short/printed") {
      #expect(try bytes("short/printed/\(file)") == bytes("long/printed/\(file)"))
    }
  }

  @Test func aFinishedSetIsLeftAsItIs() throws {
    _ = try make()
    try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.path("digits/note.txt")))
    #expect(try make().hasSuffix(", as it was"))
    #expect(folder.files(below: "digits").contains("note.txt"))
  }

  @Test func aSetMadeOtherwiseOrNoLongerWholeIsReplaced() throws {
    _ = try make()
    let file = "digits/printed/train/3/00002.png"
    let former = try bytes(file)
    try FileManager.default.removeItem(atPath: folder.path(file))
    #expect(try !make().hasSuffix(", as it was"))
    #expect(try bytes(file) == former)
    var other = options
    other.size = 16
    #expect(try !make("digits", other).hasSuffix(", as it was"))
    #expect(try picture(file).width == 16)
  }

  @Test func whatHoldsSomethingElseIsRefused() throws {
    try folder.write(Data("mine".utf8), to: "other/file.txt")
    #expect(throws: FolderError.occupied(folder: folder.path("other"))) { try make("other") }
    #expect(folder.files(below: "other") == ["file.txt"])
  }

  @Test func aFailureLeavesNothingBehind() throws {
    let missing = DigitFont("None", "fonts-none", "none", "nowhere", "None.ttf")
    #expect {
      try make { $0.heldOutFonts.append(missing) }
    } throws: {
      "\($0)".contains("/usr/share/fonts/nowhere/None.ttf")
        && "\($0)".contains(
          "the Debian package fonts-none brings it")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["tables"])

    // An existing data set stays until the new one is complete.
    _ = try make()
    let before = try bytes("digits/printed/train/0/00001.png")
    try folder.writeGzip("0,0,0,0\n", to: "tables/written.csv.gz")
    var other = options
    other.seed = 5
    #expect(throws: Digits.MakingError.self) { try make("digits", other) }
    #expect(try bytes("digits/printed/train/0/00001.png") == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(names.sorted() == ["digits", "tables"])
  }

  @Test func impossibleOptionsAreRefused() throws {
    for size in [0, 15, 257] {
      #expect(throws: Digits.MakingError.invalidSize(size)) {
        try Digits.make(at: folder.path("digits"), Digits.Options(size: size))
      }
    }
    #expect(throws: Digits.MakingError.invalidCount(9)) {
      try Digits.make(at: folder.path("digits"), Digits.Options(heldOutCount: 9))
    }
  }

  private func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder.path(path)))
  }

  private func picture(_ path: String) throws -> Image {
    try Image.decodeRGB(path: folder.path(path))
  }
}
