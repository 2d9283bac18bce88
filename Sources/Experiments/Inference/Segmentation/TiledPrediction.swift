import Torch

/// Judges an image piece by piece, for images too large to be judged whole.
package struct TiledPrediction {
  /// The side of a piece, in pixels.
  let tile: Int
  /// The smallest number of pixels that neighbours share.
  let overlap: Int

  /// A prediction in pieces of `tile` pixels.
  package init(tile: Int, overlap: Int) {
    self.tile = tile
    self.overlap = overlap
  }

  /// The most likely class of every pixel, H×W int64, of an image of 1×3×H×W.
  ///
  /// The logits of overlapping pieces are averaged with weights that fall towards the inner edges. Only the pieces of one row
  /// are kept: the classes of a row of pixels are computed as soon as no later piece reaches it.
  /// - Parameters:
  ///   - see: is shown the averaged logits, 1×classes×rows×W, of rows whose classes are computed.
  ///   - logits: the logits of a piece at its full size, 1×classes×h×w.
  package func classMap(
    of image: Tensor, seeing see: ((Tensor, Range<Int>) throws -> Void)? = nil,
    logits: (Tensor) throws -> Tensor
  ) throws -> Tensor {
    let vertical = TilePlan(size: image.shape[2], tile: tile, overlap: overlap)
    let horizontal = TilePlan(size: image.shape[3], tile: tile, overlap: overlap)
    var decided: [Tensor] = []
    var sums: Tensor?
    for (row, top) in vertical.starts.enumerated() {
      for (column, left) in horizontal.starts.enumerated() {
        let piece = try image.narrowed(2, top..<top + vertical.length)
          .narrowed(3, left..<left + horizontal.length)
        let weighted =
          try logits(piece)
          * weights(vertical.weights(of: row), horizontal.weights(of: column), on: image.device)
        let total =
          try sums
          ?? Tensor.zeros(
            [1, weighted.shape[1], vertical.length, image.shape[3]], device: image.device)
        try total.narrowed(3, left..<left + horizontal.length).addInPlace(weighted)
        sums = total
      }
      guard let total = sums else { continue }
      let isLast = row + 1 == vertical.starts.count
      let finished = isLast ? vertical.length : vertical.starts[row + 1] - top
      let complete = try total.narrowed(2, 0..<finished)
      if let see {
        let rows = Array(vertical.sums[top..<top + finished])
        try see(
          complete / weights(rows, horizontal.sums, on: image.device), top..<top + finished)
      }
      // Only the order of a pixel's sums matters, so they need not be divided by the sum of their weights.
      decided.append(try complete.argmax(1).squeezed(0))
      sums = isLast ? nil : try total.droppingRows(finished)
    }
    return try Tensor.concatenated(decided, 0)
  }

  /// The pieces of an image of 1×3×H×W, row by row.
  package func pieces(of image: Tensor) throws -> [Tensor] {
    let vertical = TilePlan(size: image.shape[2], tile: tile, overlap: overlap)
    let horizontal = TilePlan(size: image.shape[3], tile: tile, overlap: overlap)
    return try vertical.starts.flatMap { top in
      let row = try image.narrowed(2, top..<top + vertical.length)
      return try horizontal.starts.map { try row.narrowed(3, $0..<$0 + horizontal.length) }
    }
  }

  private func weights(_ rows: [Float], _ columns: [Float], on device: Device) throws(TorchError)
    -> Tensor
  {
    try Tensor(rows, shape: [rows.count, 1]).moved(to: device)
      * Tensor(columns, shape: [1, columns.count]).moved(to: device)
  }
}

extension Tensor {
  /// N×C×H×W without the first `count` rows, with as many rows of zeros added below.
  fileprivate func droppingRows(_ count: Int) throws(TorchError) -> Tensor {
    try narrowed(2, count..<shape[2]).padded([0, 0, 0, count])
  }
}
