import Torch

/// The pairs of blocks of features that a process looks at, where several share the work: every so-many-th.
struct BlockPairs {
  private let place: Int
  private let step: Int
  private var number = 0

  /// Every pair.
  static let all = BlockPairs(sharedBy: nil)

  /// The pairs of this process.
  init(sharedBy processes: ProcessGroup?) {
    place = processes?.rank ?? 0
    step = processes?.size ?? 1
  }

  /// Whether the next pair of blocks is among them.
  mutating func takesNext() -> Bool {
    defer { number += 1 }
    return number % step == place
  }
}

extension FeatureBlocks {
  /// The sums of some figures of the pairs i < j of unit features, of which `body` gives `count` for each pair of blocks.
  ///
  /// Where several processes share the pairs, all get the sums of one process: the figures are added in the same order.
  func sumsOfUnitPairs(
    _ count: Int, sharedBy processes: ProcessGroup?,
    _ body: (SquaredDistances) throws(TorchError) -> [Double]
  ) throws -> [Double] {
    var figures: [Double] = []
    try forEachUnitPair(BlockPairs(sharedBy: processes)) { (distances) throws(TorchError) in
      figures += try body(distances)
    }
    return try Self.sums(of: figures, count, sharedBy: processes)
  }

  /// The sum of a figure of the pairs i < j, or of the pairs with a feature of another set, which `body` gives for each pair of
  /// blocks; where several processes share the pairs, the same.
  func sumOfPairs(
    with other: FeatureBlocks? = nil, sharedBy processes: ProcessGroup?,
    _ body: (_ squaredDistances: Tensor) throws(TorchError) -> Double
  ) throws -> Double {
    var figures: [Double] = []
    let part = BlockPairs(sharedBy: processes)
    func add(_ distances: Tensor) throws(TorchError) { figures.append(try body(distances)) }
    if let other { try forEachPair(with: other, part, add) } else { try forEachPair(part, add) }
    return try Self.sums(of: figures, 1, sharedBy: processes)[0]
  }

  /// The sums of `count` figures of each pair of blocks, of which every process has those of its own pairs.
  private static func sums(
    of own: [Double], _ count: Int, sharedBy processes: ProcessGroup?
  ) throws -> [Double] {
    let figures: [Double] =
      try processes?.allGatherDealtRows(Tensor(own, shape: [own.count / count, count])).scalars()
      ?? own
    return (0..<count).map { place in
      stride(from: place, to: figures.count, by: count).reduce(0) { $0 + figures[$1] }
    }
  }
}
