import Imaging
import Lettering

/// Pictures of one size in rows, each with a title above.
package struct PictureSheet {
  private static let gap = 10
  private static let paper: [UInt8] = [255, 255, 255]
  private static let ink: [UInt8] = [40, 40, 46]
  private let font: Font?

  /// A maker of sheets, without titles where there is no font.
  package init(font: Font?) { self.font = font }

  /// The font of titles.
  /// - Throws: `FontError` where it is not installed.
  package static func font() throws(FontError) -> Font { try Font(size: 14) }

  /// The sheet; nil leaves a place empty.
  /// - Throws: `ImageError` for pictures without three channels.
  package func sheet(_ rows: [[(title: String, image: Image)?]]) throws(ImageError) -> Image {
    let gap = Self.gap
    let line = font.map { $0.lineHeight + gap / 2 } ?? 0
    let images = rows.joined().compactMap { $0?.image }
    let width = images.map(\.width).max() ?? 1
    let height = images.map(\.height).max() ?? 1
    let columns = rows.map(\.count).max() ?? 0
    var sheet = try Image(
      width: gap + max(columns, 1) * (width + gap),
      height: gap + max(rows.count, 1) * (line + height + gap), color: Self.paper)
    for (number, row) in rows.enumerated() {
      let top = gap + number * (line + height + gap)
      for (column, panel) in row.enumerated() {
        guard let panel else { continue }
        let left = gap + column * (width + gap)
        sheet = try sheet.pasted(panel.image, x: left, y: top + line)
        guard let font else { continue }
        sheet = try font.drawing(panel.title, onto: sheet, x: left, y: top, color: Self.ink)
      }
    }
    return sheet
  }
}
