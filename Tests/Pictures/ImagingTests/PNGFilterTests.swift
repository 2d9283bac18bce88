import Imaging
import Testing

@Suite struct PNGFilterTests {
  /// Rows filtered as the PNG specification says, each preceded by the number of its filter.
  private func filtered(
    _ rows: [[UInt8]], _ filters: [PNGFilter], pixelBytes: Int
  ) -> [UInt8] {
    rows.indices.flatMap { number in
      let row = rows[number]
      let above = number > 0 ? rows[number - 1] : [UInt8](repeating: 0, count: row.count)
      return [filters[number].rawValue]
        + row.indices.map { index in
          let isFirst = index < pixelBytes
          let a = isFirst ? 0 : Int(row[index - pixelBytes])
          let b = Int(above[index])
          let c = isFirst ? 0 : Int(above[index - pixelBytes])
          return row[index]
            &- UInt8(prediction(filters[number], left: a, above: b, corner: c))
        }
    }
  }

  private func prediction(_ filter: PNGFilter, left: Int, above: Int, corner: Int) -> Int {
    switch filter {
    case .none: return 0
    case .left: return left
    case .above: return above
    case .mean: return (left + above) / 2
    case .nearest:
      let estimate = left + above - corner
      return [left, above, corner].min { abs(estimate - $0) < abs(estimate - $1) } ?? 0
    }
  }

  /// `range` below 256 gives differences that are often equal.
  @Test(arguments: [1, 2, 3, 4, 6, 8], [4, 256])
  func areUndone(_ pixelBytes: Int, _ range: Int) throws {
    var generator = SplitMix64(state: 43)
    for width in [1, 2, 3, 4, 5, 6, 7, 11, 16, 17, 33, 150] {
      let count = 4 * PNGFilter.allCases.count
      let rows = (0..<count).map { _ in
        (0..<width * pixelBytes).map { _ in UInt8(generator.nextInteger(below: range)) }
      }
      // Every filter at the top, and after every other in the end.
      for first in 0..<PNGFilter.allCases.count {
        let filters = (0..<count).map { row in
          PNGFilter.allCases[(first + row * (1 + row / 5)) % PNGFilter.allCases.count]
        }
        let bytes = filtered(rows, filters, pixelBytes: pixelBytes)
        let rowBytes = width * pixelBytes
        let undone = PNGFilter.undone(bytes, rowBytes: rowBytes, pixelBytes: pixelBytes)
        let plain = VectorUnit.$widest.withValue(.plain) {
          PNGFilter.undone(bytes, rowBytes: rowBytes, pixelBytes: pixelBytes)
        }
        #expect(undone == rows.flatMap { $0 }, "\(width) pixels, \(filters)")
        #expect(plain == undone, "\(width) pixels, \(filters)")
      }
    }
  }

  @Test func unknownFiltersAndPartsOfRowsAreRefused() {
    #expect(PNGFilter.undone([0, 7, 4, 8], rowBytes: 1, pixelBytes: 1) == [7, 15])
    #expect(PNGFilter.undone([0, 7, 5, 8], rowBytes: 1, pixelBytes: 1) == nil)
    #expect(PNGFilter.undone([0, 7, 4], rowBytes: 1, pixelBytes: 1) == nil)
    #expect(PNGFilter.undone([0, 7], rowBytes: 0, pixelBytes: 1) == nil)
  }
}
