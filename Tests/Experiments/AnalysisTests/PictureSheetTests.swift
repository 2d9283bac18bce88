import Analysis
import Imaging
import Testing

@Suite struct PictureSheetTests {
  @Test func withoutAFontThereAreNoTitles() throws {
    let red = try Image(width: 4, height: 3, color: [200, 0, 0])
    let sheet = try PictureSheet(font: nil).sheet([[(title: "a", image: red), nil]])
    #expect(sheet.width == 10 + 2 * (4 + 10) && sheet.height == 10 + 3 + 10)
    func color(_ x: Int, _ y: Int) -> [UInt8] {
      Array(sheet.pixels[(y * sheet.width + x) * 3..<(y * sheet.width + x) * 3 + 3])
    }
    #expect(color(10, 10) == [200, 0, 0] && color(13, 12) == [200, 0, 0])
    #expect(color(9, 10) == [255, 255, 255] && color(24, 10) == [255, 255, 255])
  }

  @Test func titlesStandAbove() throws {
    let red = try Image(width: 40, height: 3, color: [200, 0, 0])
    let plain = try PictureSheet(font: nil).sheet([[(title: "a", image: red)]])
    let titled = try PictureSheet(font: PictureSheet.font()).sheet([[(title: "a", image: red)]])
    #expect(titled.width == plain.width && titled.height > plain.height + 10)
  }
}
