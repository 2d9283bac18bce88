import Imaging
import Lettering

/// A confusion matrix as a picture: a row for each true class with the shares of the classes it was taken for.
package struct ConfusionPicture {
  /// A table of more classes would be larger than a screen.
  static let largestTable = 200

  private static let ink: [UInt8] = [40, 40, 46]
  private static let full: [UInt8] = [8, 64, 129]
  private static let paper: [UInt8] = [255, 255, 255]

  private let shares: [[Double]]
  private let names: [String]
  /// The side of a cell in pixels.
  private let cell: Int

  /// A picture of counts by true class, then predicted class.
  package init(_ counts: [[Int]], classes: [String]) {
    shares = counts.map { row in
      let total = Double(max(row.reduce(0, +), 1))
      return row.map { Double($0) / total }
    }
    names = classes.enumerated().map { "\($1) (\($0 + 1))" }
    cell = max(4, min(32, 720 / max(classes.count, 1)))
  }

  /// The picture, with the classes' names and numbers and the shares in percent where cells have room for them, and fonts are
  /// installed.
  package func image() throws(ImageError) -> Image {
    guard cell >= 12, let font = try? Font(size: min(14, cell - 2)) else {
      return try cells(left: 0, top: 0)
    }
    let left = 8 + (names.map(font.width(of:)).max() ?? 0) + 6
    let top = font.lineHeight + 6
    var image = try cells(left: left, top: top)
    func draw(_ text: String, right x: Int, row: Int, _ color: [UInt8]) throws(ImageError) {
      image = try font.drawing(
        text, onto: image, x: x - font.width(of: text), y: row + (cell - font.lineHeight) / 2,
        color: color)
    }
    for (row, name) in names.enumerated() {
      let y = top + row * cell
      try draw(name, right: left - 6, row: y, Self.ink)
      try draw("(\(row + 1))", right: left + row * cell + cell - 2, row: 0, Self.ink)
      for (column, share) in shares[row].enumerated() where cell >= 28 && share >= 0.005 {
        try draw(
          "\(Int((share * 100).rounded()))", right: left + column * cell + cell - 4, row: y,
          share > 0.5 ? Self.paper : Self.ink)
      }
    }
    return image
  }

  /// The cells, the darker the larger the share.
  private func cells(left: Int, top: Int) throws(ImageError) -> Image {
    let (width, height) = (left + max(names.count, 1) * cell, top + max(names.count, 1) * cell)
    var pixels = [UInt8](repeating: 255, count: width * height * 3)
    for (row, shares) in shares.enumerated() {
      for (column, share) in shares.enumerated() {
        let color = zip(Self.paper, Self.full).map { paper, full in
          UInt8((Double(paper) + (Double(full) - Double(paper)) * share).rounded())
        }
        for y in top + row * cell..<top + (row + 1) * cell - 1 {
          for x in left + column * cell..<left + (column + 1) * cell - 1 {
            for channel in 0..<3 { pixels[(y * width + x) * 3 + channel] = color[channel] }
          }
        }
      }
    }
    return try Image(width: width, height: height, channels: 3, pixels: pixels)
  }
}
