import Imaging
import Testing

@Suite struct PNGEncodingTests {
  @Test(arguments: ["grey", "coffee", "translucent"])
  func whatIsWrittenReadsBackTheSame(_ source: String) throws {
    let image = try Fixtures.image(source)
    let directory = try TemporaryDirectory()
    let path = directory.path("out.png")
    try image.writePNG(to: path)
    let decoded =
      switch image.channels {
      case 1: try Image.decodeIndices(path: path)
      case 3: try Image.decodeRGB(path: path)
      default: try Image.decodeRGBA(path: path)
      }
    #expect(decoded == image)
    #expect(try directory.contents == ["out.png"])
  }

  @Test func anExistingFileIsReplaced() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("old", to: "out.png")
    let image = try Image(width: 2, height: 3, color: [1, 2, 3])
    try image.writePNG(to: path)
    #expect(try Image.decodeRGB(path: path) == image)
  }

  @Test func aMissingFolderIsAnErrorAndLeavesNothing() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("no/such/out.png")
    let image = try Image(width: 2, height: 3, color: [1, 2, 3])
    #expect(throws: ImageError.unwritable(path: path, reason: "No such file or directory")) {
      try image.writePNG(to: path)
    }
    #expect(try directory.contents.isEmpty)
  }

  @Test func aFailedRenameLeavesNoTemporaryFile() throws {
    let directory = try TemporaryDirectory()
    let image = try Image(width: 2, height: 3, color: [1, 2, 3])
    // The folder itself cannot be replaced by a file.
    let occupied = try directory.makeFolder("out.png")
    #expect(throws: ImageError.self) { try image.writePNG(to: occupied) }
    #expect(try directory.contents == ["out.png"])
  }
}
