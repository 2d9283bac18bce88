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

  private let panels: PictureSheet

  /// A maker of sheets.
  /// - Throws: `FontError` where the font is not installed.
  public init() throws(FontError) { panels = PictureSheet(font: try PictureSheet.font()) }

  /// A maker of sheets that `panels` puts together.
  package init(_ panels: PictureSheet) { self.panels = panels }

  /// The sheet: the picture as the networks see it, and for each network a row of its maps over it.
  public func sheet(
    of picture: Image, titled title: String = "picture", _ rows: [Row]
  ) throws(ImageError) -> Image {
    var sheet = try rows.map { row throws(ImageError) in
      try [nil]
        + row.maps.map { map throws(ImageError) -> (title: String, image: Image)? in
          (title: "\(row.name), \(map.stage)", image: try map.overlay(over: picture))
        }
    }
    if sheet.isEmpty { sheet = [[nil]] }
    sheet[0][0] = (title: title, image: picture)
    return try panels.sheet(sheet)
  }
}
