import DemoData
import Imaging
import Testing

@Suite struct CutOutTests {
  private let blue: [UInt8] = [0, 0, 255]

  /// 6 × 4, transparent except 2 × 1 pixels at (3, 2): red opaque, red half transparent.
  private func picture() throws -> Image {
    var pixels = [UInt8](repeating: 0, count: 6 * 4 * 4)
    let visible = (2 * 6 + 3) * 4..<(2 * 6 + 5) * 4
    pixels.replaceSubrange(visible, with: [255, 0, 0, 255, 255, 0, 0, 128])
    return try Image(width: 6, height: 4, channels: 4, pixels: pixels)
  }

  @Test func cropsCompositesAndPadsToASquare() throws {
    let cutOut = try #require(try picture().cutOut(on: blue, size: 2))
    #expect(cutOut.width == 2)
    #expect(cutOut.pixels == [255, 0, 0, 128, 0, 127] + blue + blue)
  }

  @Test func resizesToTheStoredSize() throws {
    let cutOut = try #require(try picture().cutOut(on: blue, size: 32))
    #expect([cutOut.width, cutOut.height, cutOut.channels] == [32, 32, 3])
    #expect(Array(cutOut.pixels.prefix(3)) == [255, 0, 0])
    #expect(Array(cutOut.pixels.suffix(3)) == blue)
  }

  @Test func findsNothingInATransparentPicture() throws {
    let empty = try Image(width: 2, height: 2, color: [9, 9, 9, 0])
    #expect(try empty.cutOut(on: blue, size: 16) == nil)
  }
}
