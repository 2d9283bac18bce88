import Inference
import ReferenceSupport
import Testing
import Torch

/// Judging band by band and piece by piece, against judging the whole.
@Suite struct TiledPredictionTests {
  @Test func bandsDecideAsTheWholeDoes() throws {
    let coarse = try Filling.uniform("logits", [1, 7, 19, 23], -1, 1)
    for (height, width) in [(145, 177), (19, 23), (64, 128), (1, 1), (65, 9)] {
      let fine = try coarse.upsampledBilinear(height: height, width: width, alignCorners: true)
      let expected: [Int64] = try fine.argmax(1).scalars()
      let map = try coarse.classMap(height: height, width: width)
      #expect(map.shape == [height, width])
      let found: [Int64] = try map.scalars()
      // Two classes may be equally likely but for the last bit.
      let different = zip(found, expected).count { $0 != $1 }
      #expect(different * 10_000 <= found.count, "\(height) × \(width): \(different)")
    }
  }

  @Test func piecesCoverEverythingWithTheirOverlap() {
    for (size, tile, overlap) in [
      (100, 32, 8), (33, 32, 8), (32, 32, 8), (20, 32, 8), (97, 16, 15),
    ] {
      let plan = TilePlan(size: size, tile: tile, overlap: overlap)
      #expect(plan.starts.first == 0)
      #expect((plan.starts.last ?? 0) + plan.length == size)
      for (start, next) in zip(plan.starts, plan.starts.dropFirst()) {
        #expect(next > start && next + overlap <= start + plan.length)
      }
      for index in plan.starts.indices {
        #expect(plan.weights(of: index).allSatisfy { $0 > 0 && $0 <= 1 })
      }
    }
  }

  /// A filter of 7×7 pixels knows nothing of an edge 8 pixels away.
  @Test(arguments: [(32, 16), (48, 20), (200, 50)])
  func awayFromEdgesPiecesDecideAsTheWholeDoes(tile: Int, overlap: Int) throws {
    let image = try Filling.uniform("image", [1, 3, 90, 110], -1, 1)
    let weight = try Filling.uniform("filter.weight", [5, 3, 7, 7], -1, 1)
    func logits(_ x: Tensor) throws -> Tensor { try x.convolved(weight: weight, padding: 3) }
    let whole: [Int64] = try logits(image).argmax(1).scalars()
    let map = try TiledPrediction(tile: tile, overlap: overlap).classMap(of: image, logits: logits)
    #expect(map.shape == [90, 110])
    let tiled: [Int64] = try map.scalars()
    let rows = TilePlan(size: 90, tile: tile, overlap: overlap)
    let columns = TilePlan(size: 110, tile: tile, overlap: overlap)
    var compared = 0
    for row in 0..<90 where isInside(row, rows, 90) {
      for column in 0..<110 where isInside(column, columns, 110) {
        compared += 1
        #expect(tiled[row * 110 + column] == whole[row * 110 + column], "\(row), \(column)")
      }
    }
    #expect(compared > 300)
  }

  /// Whether no piece that holds the place ends within 3 pixels of it, but for the image's own edges.
  private func isInside(_ place: Int, _ plan: TilePlan, _ size: Int) -> Bool {
    plan.starts.allSatisfy { start in
      let end = start + plan.length
      guard (start..<end).contains(place) else { return true }
      return (start == 0 || place >= start + 3) && (end == size || place < end - 3)
    }
  }
}
