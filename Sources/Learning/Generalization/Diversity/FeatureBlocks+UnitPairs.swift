import Torch

extension FeatureBlocks {
  /// Calls `body` with the d² of every pair i < j of unit features, for each pair of blocks.
  ///
  /// Products of features in float32 are computed in float32, at twice the rate, and near pairs again in float64.
  /// - Parameter part: the pairs of blocks that are looked at.
  func forEachUnitPair(
    _ part: BlockPairs, _ body: (SquaredDistances) throws(TorchError) -> Void
  ) throws(TorchError) {
    guard isUnit, features.dtype == .float32 else {
      return try forEachPair(part) { (distances) throws(TorchError) in
        try body(SquaredDistances(exact: distances))
      }
    }
    var taken = part
    let lengths = try inverseLengths()
    for index in 0..<blockCount {
      let rows = try unitBlock(index, lengths) * -2
      for column in index..<blockCount {
        let pairs = PairOfBlocks(first: index, second: column, width: range(column).count)
        if index == column && pairs.width < 2 || !taken.takesNext() { continue }
        let columns = index == column ? rows : try unitBlock(column, lengths)
        let products = try rows.matmul(columns.transposed())
        // On the diagonal both factors are scaled by −2.
        let distances = try (index == column ? products * -0.5 : products) + 2
        try body(refined(distances.reshaped([-1]), pairs))
      }
    }
  }

  /// Two blocks, or the pairs i < j of one block.
  private struct PairOfBlocks {
    let first: Int
    let second: Int
    /// How many features the second one has.
    let width: Int
  }

  /// Float32 distances, row-major, with near ones anew in float64.
  private func refined(
    _ distances: Tensor, _ pairs: PairOfBlocks
  ) throws(TorchError) -> SquaredDistances {
    let later =
      pairs.first == pairs.second
      ? try Self.laterPairs(pairs.width, on: distances.device) : nil
    let values =
      try later.map { (all) throws(TorchError) in
        try distances.gathered(0, all)
      } ?? distances
    let near = try values.isAtMost(SquaredDistances.nearness).nonzero().squeezed(1)
    if near.shape[0] == 0 { return try SquaredDistances(values, near: nil) }
    let (a, b) = (try block(pairs.first), try block(pairs.second))
    // Rows of so many pairs would need more memory than their blocks.
    guard near.shape[0] <= blockSize else {
      let exact = try squaredDistances(a, b).reshaped([-1])
      guard let later else { return SquaredDistances(exact: exact) }
      return SquaredDistances(exact: try exact.gathered(0, later))
    }
    let places = try later.map { (all) throws(TorchError) in try all.gathered(0, near) } ?? near
    let numbers: [Int64] = try places.scalars()
    func rows(_ block: Tensor, _ place: (Int64) -> Int64) throws(TorchError) -> Tensor {
      try block.gathered(0, Tensor(numbers.map(place)).moved(to: block.device))
    }
    let width = Int64(pairs.width)
    let cosines = try (rows(a) { $0 / width } * rows(b) { $0 % width }).sum([1])
    return try SquaredDistances(values, near: (cosines * -2 + 2).clamped(min: 0))
  }

  /// 1/‖f‖ of every row, N×1 in float32; their squares are summed in float64.
  private func inverseLengths() throws(TorchError) -> Tensor {
    var lengths: [Tensor] = []
    for index in 0..<blockCount {
      let rows = try features.narrowed(0, range(index)).converted(to: .float64)
      lengths.append(
        try rows.norm([1], keeping: true).clamped(min: 1e-12).power(-1).converted(to: .float32))
    }
    return try Tensor.concatenated(lengths)
  }

  /// Block `index` of unit rows in float32.
  private func unitBlock(_ index: Int, _ lengths: Tensor) throws(TorchError) -> Tensor {
    try features.narrowed(0, range(index)) * lengths.narrowed(0, range(index))
  }
}
