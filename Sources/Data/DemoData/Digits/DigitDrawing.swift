import Datasets
import Imaging
import Lettering

/// One printed digit, drawn at random: its font, its shape, its ink and its paper.
package struct DigitDrawing: Sendable {
  let digit: Int
  /// The file of the font.
  package let font: String
  package let shape: GlyphShape
  /// The grey of the ink, 0 to 255.
  package let ink: Double
  package let paper: DigitPaper
  let side: Int

  /// Draws what a digit looks like.
  ///
  /// - Parameters:
  ///   - fonts: the font families, each of which is equally likely.
  ///   - side: the side of the picture, in pixels.
  package init(
    _ digit: Int, fonts: [DigitFont], side: Int, using generator: inout AddressedGenerator
  ) {
    func uniform(_ low: Double, _ high: Double) -> Double {
      low + (high - low) * generator.nextUnitDouble()
    }
    self.digit = digit
    self.side = side
    let files = fonts[generator.nextInteger(below: fonts.count)].files
    font = files[generator.nextInteger(below: files.count)]

    let extent = Double(side) * uniform(0.55, 0.95)
    // The whole digit must be inside the picture.
    let slack = min(0.1 * Double(side), (Double(side) - extent) / 2)
    shape = GlyphShape(
      .centered(
        x: Double(side) / 2 + uniform(-slack, slack), y: Double(side) / 2 + uniform(-slack, slack),
        extent: extent),
      stretch: uniform(0.8, 1.25), shear: uniform(-0.2, 0.2), rotation: uniform(-12, 12),
      weight: extent * uniform(-0.015, 0.06))

    // The greys of ink and paper differ by `contrast`, anywhere on the scale; either may be the darker one.
    let contrast = uniform(90, 255)
    let darker = uniform(0, 255 - contrast)
    let isDarkInk = generator.nextBoolean()
    ink = isDarkInk ? darker : darker + contrast
    paper = DigitPaper(
      isDarkInk ? darker + contrast : darker, strength: contrast / 2, side: side, using: &generator)
  }

  /// The picture: one channel.
  /// - Throws: `FontError` for a font that cannot be read, `ImageError`.
  package func image() throws -> Image {
    // This is only the size of the outline; `shape` gives the digit its final size.
    let coverage = try Font(path: font, size: 128)
      .coverage(
        of: Unicode.Scalar(UInt8(ascii: "0") + UInt8(digit)), shape: shape, width: side,
        height: side)
    var pixels = coverage.pixels
    for row in 0..<side {
      for column in 0..<side {
        let share = Double(pixels[row * side + column]) / 255
        let value = ink * share + paper.gray(column, row) * (1 - share)
        pixels[row * side + column] = UInt8(max(0, min(255, value.rounded())))
      }
    }
    return try Image(width: side, height: side, channels: 1, pixels: pixels)
  }
}
