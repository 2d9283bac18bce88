import CFreeType
import Imaging
import Lettering
import Testing

@Suite struct GlyphTests {
  /// A letter that is an upright bar in DejaVu Sans.
  private let bar: Unicode.Scalar = "l"

  @Test func anUnchangedCharacterIsAsFreeTypeRendersIt() throws {
    let font = try Font(size: 24)
    for digit in "0123456789".unicodeScalars {
      let ours = try font.coverage(
        of: digit, shape: GlyphShape(.pen(x: 6, y: 30)), width: 40, height: 40)
      #expect(try ours == freeTypesOwn(digit, size: 24, penX: 6, penY: 30), "\(digit)")
    }
  }

  @Test func aQuarterTurnIsThePictureTurned() throws {
    let side = 48
    func two(_ rotation: Double) throws -> [UInt8] {
      try Font(size: 128).coverage(
        of: "2", shape: GlyphShape(.centered(x: 24, y: 24, extent: 40), rotation: rotation),
        width: side, height: side
      ).pixels
    }
    let (upright, turned) = (try two(0), try two(90))
    // Counter-clockwise: the right edge becomes the top.
    let expected = (0..<side * side).map { upright[$0 % side * side + side - 1 - $0 / side] }
    #expect(difference(turned, expected) < 0.5)
    #expect(difference(turned, upright) > 30)
    #expect(try difference(two(-90), Array(turned.reversed())) < 0.5)
  }

  @Test func shearMovesRowsByTheirHeight() throws {
    let font = try Font(size: 60)
    for shear in [-0.3, 0.0, 0.5] {
      let picture = try font.coverage(
        of: bar, shape: GlyphShape(.pen(x: 40, y: 70), shear: shear), width: 100, height: 80)
      // 30 rows further up it stands 30 times the shear further to the right.
      #expect(abs(middle(of: picture, row: 30) - middle(of: picture, row: 60) - 30 * shear) < 0.1)
    }
  }

  @Test func stretchAndWeightWidenStrokes() throws {
    let font = try Font(size: 60)
    func width(stretch: Double = 1, weight: Double = 0) throws -> Double {
      let shape = GlyphShape(.pen(x: 40, y: 70), stretch: stretch, weight: weight)
      return thickness(
        of: try font.coverage(of: bar, shape: shape, width: 100, height: 80), row: 45)
    }
    let plain = try width()
    #expect(plain > 4)
    #expect(abs(try width(stretch: 1.5) - 1.5 * plain) < 0.1)
    #expect(abs(try width(weight: 2) - plain - 2) < 0.1)
    #expect(abs(try width(weight: -1) - plain + 1) < 0.1)
  }

  @Test(arguments: [-0.5, 0, 2])
  func aCenteredCharacterFillsItsExtent(_ weight: Double) throws {
    for digit in "0123456789".unicodeScalars {
      let shape = GlyphShape(
        .centered(x: 30, y: 22, extent: 32), shear: 0.2, rotation: 10, weight: weight)
      let picture = try Font(size: 128).coverage(of: digit, shape: shape, width: 60, height: 48)
      let inked = (0..<60 * 48).filter { picture.pixels[$0] > 0 }
      let columns = inked.map { $0 % 60 }
      let rows = inked.map { $0 / 60 }
      let (left, right) = try (#require(columns.min()), #require(columns.max()) + 1)
      let (top, bottom) = try (#require(rows.min()), #require(rows.max()) + 1)
      #expect((31...34).contains(max(right - left, bottom - top)), "\(digit)")
      #expect(abs(Double(left + right) / 2 - 30) <= 1 && abs(Double(top + bottom) / 2 - 22) <= 1)
    }
  }

  @Test func whatCannotBeRenderedIsNamed() throws {
    let font = try Font(size: 20)
    #expect(throws: FontError.noCharacter("\u{10FFFD}", path: Font.standardPath)) {
      try font.coverage(
        of: "\u{10FFFD}", shape: GlyphShape(.pen(x: 0, y: 9)), width: 9, height: 9)
    }
    #expect(throws: ImageError.self) {
      try font.coverage(of: "1", shape: GlyphShape(.pen(x: 0, y: 9)), width: 0, height: 9)
    }
    // NaN, infinity and huge numbers give a picture or an error.
    for shape in [
      GlyphShape(.pen(x: .nan, y: 1e300), stretch: .infinity),
      GlyphShape(.centered(x: 1e9, y: 0, extent: -1e9), shear: 1e9, rotation: .nan, weight: 1e9),
    ] {
      _ = try? font.coverage(of: "1", shape: shape, width: 9, height: 9)
    }
  }

  /// A character as FreeType itself renders it, without hinting, laid on a picture at the pen's place.
  private func freeTypesOwn(
    _ character: Unicode.Scalar, size: Int, penX: Int, penY: Int
  ) throws -> Image {
    var library: FT_Library?
    var face: FT_Face?
    #expect(FT_Init_FreeType(&library) == 0)
    defer { FT_Done_FreeType(library) }
    #expect(FT_New_Face(library, Font.standardPath, 0, &face) == 0)
    defer { FT_Done_Face(face) }
    let opened = try #require(face)
    #expect(FT_Set_Pixel_Sizes(opened, 0, FT_UInt(size)) == 0)
    let flags = FT_Int32(FT_LOAD_RENDER) | FT_Int32(FT_LOAD_NO_HINTING)
    #expect(FT_Load_Char(opened, FT_ULong(character.value), flags) == 0)
    let glyph = opened.pointee.glyph.pointee
    var pixels = [UInt8](repeating: 0, count: 40 * 40)
    for row in 0..<Int(glyph.bitmap.rows) {
      for column in 0..<Int(glyph.bitmap.width) {
        let place =
          (penY - Int(glyph.bitmap_top) + row) * 40 + penX + Int(glyph.bitmap_left) + column
        pixels[place] = glyph.bitmap.buffer[row * Int(glyph.bitmap.pitch) + column]
      }
    }
    #expect(pixels.contains(255))
    return try Image(width: 40, height: 40, channels: 1, pixels: pixels)
  }

  private func difference(_ left: [UInt8], _ right: [UInt8]) -> Double {
    let sum = zip(left, right).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(left.count)
  }

  /// The pixels that a row covers.
  private func thickness(of picture: Image, row: Int) -> Double {
    let samples = picture.pixels[row * picture.width..<(row + 1) * picture.width]
    return samples.reduce(0) { $0 + Double($1) } / 255
  }

  /// The column of the middle of what a row covers.
  private func middle(of picture: Image, row: Int) -> Double {
    let samples = picture.pixels[row * picture.width..<(row + 1) * picture.width]
    let moment = samples.enumerated().reduce(0) { $0 + Double($1.offset) * Double($1.element) }
    return moment / 255 / thickness(of: picture, row: row)
  }
}
