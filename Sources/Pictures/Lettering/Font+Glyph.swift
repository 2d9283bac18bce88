import CFreeType
import Foundation
import Imaging

extension Font {
  /// How much of each pixel a character covers: a picture of one channel, with 255 for pixels that it covers completely.
  ///
  /// Outlines are used without hinting, which would adapt a turned stroke to a grid that no longer fits it. Everything
  /// outside of the picture is left out.
  /// - Throws: `FontError` for a character that the font lacks or cannot render in this shape,
  ///   `ImageError` for an impossible size.
  public func coverage(
    of character: Unicode.Scalar, shape: GlyphShape, width: Int, height: Int
  ) throws -> Image {
    let empty = try Image(width: width, height: height, color: [0])
    guard FT_Get_Char_Index(face, FT_ULong(character.value)) != 0 else {
      throw FontError.noCharacter(character, path: path)
    }
    let flags = FT_Int32(FT_LOAD_NO_HINTING) | FT_Int32(FT_LOAD_NO_BITMAP)
    try check(FT_Load_Char(face, FT_ULong(character.value), flags), character)
    try transform(shape, character)
    var pixels = empty.pixels
    let code = pixels.withUnsafeMutableBufferPointer { buffer in
      var bitmap = FT_Bitmap()
      bitmap.rows = UInt32(height)
      bitmap.width = UInt32(width)
      bitmap.pitch = Int32(width)
      bitmap.buffer = buffer.baseAddress
      bitmap.num_grays = 256
      bitmap.pixel_mode = UInt8(FT_PIXEL_MODE_GRAY.rawValue)
      // FreeType counts rows from the bottom; the place is given from the top.
      let (x, y) =
        switch shape.place {
        case .pen(let x, let y): (fixed(x), fixed(Double(height) - y))
        case .centered(let x, let y, _): offset(toCenterAt: x, Double(height) - y)
        }
      FT_Outline_Translate(&face.pointee.glyph.pointee.outline, x, y)
      return FT_Outline_Get_Bitmap(library, &face.pointee.glyph.pointee.outline, &bitmap)
    }
    try check(code, character)
    return try Image(width: width, height: height, channels: 1, pixels: pixels)
  }

  /// Changes the loaded outline, except for its position.
  private func transform(_ shape: GlyphShape, _ character: Unicode.Scalar) throws {
    let angle = shape.rotation * .pi / 180
    let (cosine, sine) = (cos(angle), sin(angle))
    apply(
      cosine * shape.stretch, cosine * shape.shear - sine,
      sine * shape.stretch, sine * shape.shear + cosine)
    if case .centered(_, _, let extent) = shape.place {
      let box = outlineBox
      let side = Double(max(box.xMax - box.xMin, box.yMax - box.yMin)) / 64
      // Bolder strokes make the box larger afterwards.
      let factor = side > 0 ? max(0, extent - shape.weight) / side : 0
      apply(factor, 0, 0, factor)
    }
    if shape.weight != 0 {
      try check(
        FT_Outline_Embolden(&face.pointee.glyph.pointee.outline, fixed(shape.weight)), character)
    }
  }

  /// Multiplies the outline by a matrix, given row by row.
  private func apply(_ xx: Double, _ xy: Double, _ yx: Double, _ yy: Double) {
    var matrix = FT_Matrix(
      xx: fixed(xx, 65_536), xy: fixed(xy, 65_536), yx: fixed(yx, 65_536), yy: fixed(yy, 65_536))
    FT_Outline_Transform(&face.pointee.glyph.pointee.outline, &matrix)
  }

  private var outlineBox: FT_BBox {
    var box = FT_BBox()
    FT_Outline_Get_BBox(&face.pointee.glyph.pointee.outline, &box)
    return box
  }

  private func offset(toCenterAt x: Double, _ y: Double) -> (FT_Pos, FT_Pos) {
    let box = outlineBox
    return (fixed(x) - (box.xMin + box.xMax) / 2, fixed(y) - (box.yMin + box.yMax) / 2)
  }

  /// A number in FreeType's unit, 64ths of a pixel; it is limited to the range of FreeType's pictures.
  private func fixed(_ value: Double, _ parts: Double = 64) -> FT_Pos {
    value.isFinite ? FT_Pos((max(-16_000, min(16_000, value)) * parts).rounded()) : 0
  }

  private func check(_ code: FT_Error, _ character: Unicode.Scalar) throws {
    guard code == 0 else { throw FontError.notRendered(character, path: path, code: code) }
  }
}
