import Torch

/// The division of a map into n×n cells, each of which is pooled separately (Algorithm.md §3, dense loss).
///
/// Cells have ⌈H/n⌉×⌈W/n⌉ places; the last cells of a row or column have what is left, as with `torch.chunk`. So a small
/// map may have fewer than n×n cells.
public struct FeatureGrid: Sendable, Equatable {
  /// n, the number of cells along each side.
  public let cellsPerSide: Int

  /// A grid of `cellsPerSide` × `cellsPerSide` cells.
  public init(_ cellsPerSide: Int) {
    self.cellsPerSide = cellsPerSide
  }

  /// Pools each cell of an N×C×H×W map to (cells · N)×C: first all images of the first cell, then of the next, row by row.
  /// - Parameter source: the map that the attention is computed from, cell by cell too.
  public func pooled(
    _ map: Tensor, attentionFrom source: Tensor, by pooling: Pooling
  ) throws(TorchError) -> Tensor {
    guard cellsPerSide > 1, map.rank == 4 else { return try pooling(map, attentionFrom: source) }
    let shape = map.shape
    if shape[2] % cellsPerSide == 0, shape[3] % cellsPerSide == 0 {
      return try pooling(stacked(map), attentionFrom: stacked(source))
    }
    var cells: [Tensor] = []
    for rows in Self.pieces(shape[2], cellsPerSide) {
      for columns in Self.pieces(shape[3], cellsPerSide) {
        func cell(_ map: Tensor) throws(TorchError) -> Tensor {
          try map.narrowed(2, rows).narrowed(3, columns)
        }
        cells.append(try pooling(cell(map), attentionFrom: cell(source)))
      }
    }
    return try Tensor.concatenated(cells)
  }

  /// Cells of equal size as one batch, (cells · N)×C×h×w, so that they are pooled at once.
  private func stacked(_ map: Tensor) throws(TorchError) -> Tensor {
    let shape = map.shape
    let (height, width) = (shape[2] / cellsPerSide, shape[3] / cellsPerSide)
    return try map.reshaped([shape[0], shape[1], cellsPerSide, height, cellsPerSide, width])
      .permuted([2, 4, 0, 1, 3, 5])
      .reshaped([-1, shape[1], height, width])
  }

  /// `size` places in at most `count` pieces of equal length; the last may be shorter.
  private static func pieces(_ size: Int, _ count: Int) -> [Range<Int>] {
    let length = max(1, (size + count - 1) / count)
    return stride(from: 0, to: size, by: length).map { $0..<min($0 + length, size) }
  }
}
