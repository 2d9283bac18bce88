import Datasets
import Foundation
import Imaging
import Lettering

/// Class maps as pictures for people.
public struct SegmentationPictures {
  private let classes: SegmentationClasses
  /// The opacity of the class colours over the photograph, out of 255.
  private let opacity: UInt8

  /// Makes pictures with these classes.
  /// - Parameter opacity: how much the colours of the classes cover the photograph, from 0 to 1.
  public init(_ classes: SegmentationClasses, opacity: Double = 0.55) {
    self.classes = classes
    self.opacity = UInt8(255 * min(max(opacity, 0), 1))
  }

  /// The photograph under the colours of its classes, and below it a legend of those that occur.
  /// - Throws: `FontError` where the legend's font is not installed, `ImageError`.
  public func overlay(_ classMap: Image, over photograph: Image) throws -> Image {
    let colored = try photograph.overlaid(
      with: classes.colors(of: classMap), opacity: opacity)
    return try adding(legend: Set(classMap.pixels), below: colored)
  }

  /// The share of each class in a class map, in [0, 1], by index.
  public func shares(in classMap: Image) -> [Double] {
    var counts = [Int](repeating: 0, count: 256)
    for index in classMap.pixels { counts[Int(index)] += 1 }
    return counts.prefix(classes.names.count).map { Double($0) / Double(classMap.pixels.count) }
  }

  /// The share of each class that occurs, the largest first: `road 41.2 %, sky 20.1 %`.
  public func shareText(in classMap: Image) -> String {
    zip(classes.names, shares(in: classMap)).filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }
      .map { "\($0) \(String(format: "%.1f", 100 * $1)) %" }.joined(separator: ", ")
  }

  /// Squares in the colours of the classes with their names, in as many rows as the width requires.
  private func adding(legend indices: Set<UInt8>, below picture: Image) throws -> Image {
    let font = try Font(size: max(11, min(28, picture.width / 60)))
    let (side, gap) = (font.ascent, font.ascent / 2)
    // A picture may be narrower than one square of its legend.
    let room = max(picture.width, gap + side + gap)
    var entries: [(entry: SegmentationClasses.Class, x: Int, row: Int)] = []
    var (x, row) = (gap, 0)
    for (index, entry) in classes.classes.enumerated() where indices.contains(UInt8(index)) {
      let width = side + gap + font.width(of: entry.name) + 2 * gap
      if x + width > room, x > gap { (x, row) = (gap, row + 1) }
      entries.append((entry, x, row))
      x += width
    }
    let rowHeight = font.lineHeight + gap
    var result = try picture.padded(
      left: 0, top: 0, right: room - picture.width, bottom: (row + 1) * rowHeight + gap,
      color: [255, 255, 255])
    for (entry, x, row) in entries {
      let top = picture.height + gap + row * rowHeight
      result = try result.filled(
        PixelRectangle(x: x, y: top, width: min(side, result.width - x), height: side),
        color: entry.color)
      result = try font.drawing(
        entry.name, onto: result, x: x + side + gap, y: top, color: [20, 20, 20])
    }
    return result
  }
}
