/// Overlapping pieces of one side of an image.
package struct TilePlan: Equatable {
  /// The first pixel of each piece, in order.
  package let starts: [Int]
  /// The pixels of a piece.
  package let length: Int
  private let overlap: Int

  /// Pieces of at most `tile` pixels that cover `size` of them, neighbours sharing at least `overlap`.
  package init(size: Int, tile: Int, overlap: Int) {
    length = min(size, tile)
    self.overlap = overlap
    let step = max(1, tile - overlap)
    starts = size <= tile ? [0] : Array(stride(from: 0, to: size - tile, by: step)) + [size - tile]
  }

  /// How much each pixel of a piece counts where pieces overlap: rising from its inner edges over `overlap` pixels,
  /// full at the edges of the image.
  package func weights(of index: Int) -> [Float] {
    (0..<length).map { position in
      let fromStart = index > 0 ? position + 1 : overlap + 1
      let fromEnd = index + 1 < starts.count ? length - position : overlap + 1
      return Float(min(fromStart, fromEnd, overlap + 1)) / Float(overlap + 1)
    }
  }
}
