import Foundation
import Imaging
import Testing

@Suite struct PalettePNGTests {
  @Test func indicesAndColorsAreKept() throws {
    let directory = FileManager.default.temporaryDirectory
    let path = directory.appendingPathComponent("\(UUID().uuidString).png").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let labels = try Image(width: 3, height: 2, channels: 1, pixels: [0, 1, 2, 255, 1, 0])
    try labels.writePNG(to: path, palette: [[10, 20, 30], [40, 50, 60], [70, 80, 90]])
    #expect(try Image.decodeIndices(path: path) == labels)
    #expect(
      try Image.decodeRGB(path: path).pixels == [
        10, 20, 30, 40, 50, 60, 70, 80, 90, 0, 0, 0, 40, 50, 60, 10, 20, 30,
      ])
  }

  @Test(arguments: ["png_grey_16bit.png", "png_la.png", "astronaut.png", "jpeg_grey.jpg"])
  func whatHoldsNoIndicesIsRefused(file: String) {
    #expect {
      try Image.decodeIndices(path: Fixtures.path(file))
    } throws: {
      "\($0)".contains(file) && "\($0)".contains("palette PNG or an 8-bit grey PNG")
    }
  }

  @Test func onlyOneChannelHasAPalette() throws {
    let image = try Image(width: 1, height: 1, color: [1, 2, 3])
    #expect(throws: ImageError.self) {
      try image.writePNG(to: "/nowhere/x.png", palette: [[1, 2, 3]])
    }
    let labels = try Image(width: 1, height: 1, color: [1])
    #expect(throws: ImageError.self) {
      try labels.writePNG(to: "/nowhere/x.png", palette: [[1, 2]])
    }
  }
}
