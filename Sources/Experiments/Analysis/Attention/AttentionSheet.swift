import Imaging
import Lettering

/// A picture and where networks look on it, side by side, with names above.
public struct AttentionSheet {
  /// A row: a network's name and its maps.
  public struct Row {
    /// The network's name.
    public let name: String
    /// Its maps.
    public let maps: [AttentionMap]

    /// The maps of a network.
    public init(name: String, maps: [AttentionMap]) {
      self.name = name
      self.maps = maps
    }
  }

  private static let gap = 10
  private static let paper: [UInt8] = [255, 255, 255]
  private static let ink: [UInt8] = [40, 40, 46]
  private let font: Font

  /// A maker of sheets.
  /// - Throws: `FontError` where the font is not installed.
  public init() throws(FontError) { font = try Font(size: 14) }

  /// The sheet: the picture as the networks see it, and for each network a row of its maps over it.
  public func sheet(of picture: Image, _ rows: [Row]) throws -> Image {
    let gap = Self.gap
    let line = font.lineHeight + gap / 2
    let columns = 1 + (rows.map(\.maps.count).max() ?? 0)
    let width = gap + columns * (picture.width + gap)
    var sheet = try Image(
      width: width, height: gap + max(rows.count, 1) * (line + picture.height + gap),
      color: Self.paper)
    for (number, row) in rows.enumerated() {
      let top = gap + number * (line + picture.height + gap)
      var panels = try row.maps.map { map in
        (title: "\(row.name), \(map.stage)", image: try map.overlay(over: picture))
      }
      panels.insert((title: number == 0 ? "picture" : "", image: picture), at: 0)
      for (column, panel) in panels.enumerated() where column > 0 || number == 0 {
        let left = gap + column * (picture.width + gap)
        sheet = try sheet.pasted(panel.image, x: left, y: top + line)
        sheet = try font.drawing(panel.title, onto: sheet, x: left, y: top, color: Self.ink)
      }
    }
    return sheet
  }
}
