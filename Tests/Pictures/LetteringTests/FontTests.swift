import Imaging
import Lettering
import Testing

@Suite struct FontTests {
  @Test func textStandsWhereItIsDrawn() throws {
    let font = try Font(size: 16)
    let canvas = try Image(width: 80, height: 30, color: [255, 255, 255])
    let drawn = try font.drawing("road", onto: canvas, x: 5, y: 4, color: [255, 0, 0])
    let marked = (0..<30 * 80).filter { drawn.pixels[3 * $0 + 1] < 128 }
    let columns = marked.map { $0 % 80 }
    let rows = marked.map { $0 / 80 }
    #expect(marked.count > 60)
    #expect((5...8).contains(columns.min() ?? 0))
    #expect((5...5 + font.width(of: "road")).contains(columns.max() ?? 0))
    #expect((4...4 + font.ascent).contains(rows.min() ?? 0))
    #expect((rows.max() ?? 0) <= 4 + font.ascent)
    // Red letters leave the red channel of white as it is.
    #expect(marked.allSatisfy { drawn.pixels[3 * $0] == 255 })
  }

  @Test func longerTextIsWiderAndLargerLettersAreHigher() throws {
    let small = try Font(size: 10)
    #expect(small.width(of: "sky") < small.width(of: "skyscraper"))
    #expect(small.width(of: "") == 0)
    #expect(try Font(size: 30).lineHeight > small.lineHeight)
  }

  @Test func whatLiesBeyondThePictureIsLeftOut() throws {
    let canvas = try Image(width: 6, height: 6, color: [0, 0, 0])
    let drawn = try Font(size: 40).drawing("M", onto: canvas, x: -10, y: -10, color: [9, 9, 9])
    #expect(drawn.width == 6 && drawn.height == 6)
  }

  @Test func whatIsNoFontIsNamed() {
    #expect {
      try Font(path: "/nowhere/font.ttf", size: 12)
    } throws: {
      "\($0)".contains("/nowhere/font.ttf") && "\($0)".contains("fonts-dejavu-core")
    }
    #expect(throws: FontError.badSize(2)) { try Font(size: 2) }
  }
}
