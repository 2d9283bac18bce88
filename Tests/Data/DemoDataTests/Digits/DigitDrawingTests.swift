import Datasets
import DemoData
import Foundation
import Imaging
import Lettering
import Testing

@Suite struct DigitDrawingTests {
  private let drawings = (0..<600).map { index in
    var generator = AddressedGenerator(seed: 7, for: .demoPicture(part: 0, index: index))
    return DigitDrawing(index % 10, fonts: DigitFont.training, side: 32, using: &generator)
  }

  @Test func everyFaceIsDrawn() {
    let drawn = Set(drawings.map(\.font))
    #expect(drawn == Set(DigitFont.training.flatMap(\.files)))
  }

  @Test func shapesFillTheirRangesAndNoMore() {
    expect(drawings.map(\.shape.rotation), fill: -12...12)
    expect(drawings.map(\.shape.shear), fill: -0.2...0.2)
    expect(drawings.map(\.shape.stretch), fill: 0.8...1.25)
    expect(drawings.map { extent($0) / 32 }, fill: 0.55...0.95)
    expect(drawings.map { $0.shape.weight / extent($0) }, fill: -0.015...0.06)
    for drawing in drawings {
      guard case .centered(let x, let y, let extent) = drawing.shape.place else { continue }
      #expect(min(x, y) - extent / 2 >= 0 && max(x, y) + extent / 2 <= 32)
    }
  }

  @Test func inkStandsOutFromItsPaper() throws {
    let ways = drawings.map { $0.ink < $0.paper.gray(16, 16) }
    #expect(ways.contains(true) && ways.contains(false))
    for drawing in drawings {
      let papers = (0..<32 * 32).map { drawing.paper.gray($0 % 32, $0 / 32) }
      let (darkest, lightest) = try (#require(papers.min()), #require(papers.max()))
      // The whole paper lies on one side of the ink.
      #expect(drawing.ink < darkest - 44 || drawing.ink > lightest + 44)
    }
    let kinds = drawings.map { drawing in
      Set((0..<32 * 32).map { drawing.paper.gray($0 % 32, $0 / 32) }).count
    }
    #expect(kinds.contains(1) && kinds.contains { $0 > 500 })
  }

  @Test func thePictureLiesBetweenInkAndPaper() throws {
    var bareCorners = 0
    for drawing in drawings.prefix(100) {
      let picture = try drawing.image()
      #expect(picture.width == 32 && picture.height == 32 && picture.channels == 1)
      #expect(picture.pixels.contains { abs(Double($0) - drawing.ink) < 40 })
      let papers = (0..<32 * 32).map { max(0, min(255, drawing.paper.gray($0 % 32, $0 / 32))) }
      let isBetween = zip(picture.pixels, papers).allSatisfy { pixel, paper in
        (min(paper, drawing.ink) - 1...max(paper, drawing.ink) + 1).contains(Double(pixel))
      }
      #expect(isBetween)
      if abs(Double(picture.pixels[0]) - papers[0]) <= 0.5 { bareCorners += 1 }
    }
    #expect(bareCorners > 90)
  }

  private func extent(_ drawing: DigitDrawing) -> Double {
    guard case .centered(_, _, let extent) = drawing.shape.place else { return .nan }
    return extent
  }

  /// Expects numbers within a range that come near its ends.
  private func expect(
    _ values: [Double], fill range: ClosedRange<Double>,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let margin = (range.upperBound - range.lowerBound) / 50
    #expect(values.allSatisfy(range.contains), sourceLocation: sourceLocation)
    #expect(
      values.contains { $0 < range.lowerBound + margin }
        && values.contains { $0 > range.upperBound - margin },
      sourceLocation: sourceLocation)
  }
}
