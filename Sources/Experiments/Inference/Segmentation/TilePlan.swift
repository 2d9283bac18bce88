/// How one side of an image is divided into overlapping pieces.
package struct TilePlan: Equatable {
  /// The first pixel of each piece, in order.
  package let starts: [Int]
  /// The number of pixels of a piece.
  package let length: Int
  private let overlap: Int

  /// Pieces of at most `tile` pixels that cover `size` pixels, where neighbours share at least `overlap` pixels.
  package init(size: Int, tile: Int, overlap: Int) {
    length = min(size, tile)
    self.overlap = overlap
    let step = max(1, tile - overlap)
    starts = size <= tile ? [0] : Array(stride(from: 0, to: size - tile, by: step)) + [size - tile]
  }

  /// The sum of the weights that each pixel has in all pieces.
  var sums: [Float] {
    var sums = [Float](repeating: 0, count: (starts.last ?? 0) + length)
    for (index, start) in starts.enumerated() {
      for (position, weight) in weights(of: index).enumerated() { sums[start + position] += weight }
    }
    return sums
  }

  /// The weight of each pixel of a piece where pieces overlap: it rises from the inner edges over `overlap` pixels and is
  /// full at the edges of the image.
  package func weights(of index: Int) -> [Float] {
    (0..<length).map { position in
      let fromStart = index > 0 ? position + 1 : overlap + 1
      let fromEnd = index + 1 < starts.count ? length - position : overlap + 1
      return Float(min(fromStart, fromEnd, overlap + 1)) / Float(overlap + 1)
    }
  }
}
