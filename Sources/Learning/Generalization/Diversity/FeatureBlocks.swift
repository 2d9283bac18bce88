import Torch

/// N×D features as blocks of rows in float64, so that neither the whole set in float64 nor N×N distances ever have to
/// fit in memory: besides the features there are only a few blocks of blockSize×D and blockSize×blockSize.
struct FeatureBlocks {
  /// N.
  let count: Int
  /// D.
  let dimension: Int
  let features: Tensor
  let blockSize: Int
  let isUnit: Bool

  /// - Parameters:
  ///   - isUnit: whether rows are scaled to norm 1.
  ///   - minimum: the smallest N for which `figure` is defined.
  /// - Throws: `TorchError` if there are fewer features or they have another rank.
  init(
    _ features: Tensor, isUnit: Bool = false, blockSize: Int = 1024, atLeast minimum: Int = 2,
    for figure: String
  ) throws(TorchError) {
    guard features.rank == 2, features.shape[0] >= minimum, blockSize > 0 else {
      throw TorchError(
        operation: figure, message: "expected N×D features with N at least \(minimum)",
        operands: [features.signature])
    }
    (count, dimension) = (features.shape[0], features.shape[1])
    self.features = try features.detached()
    self.blockSize = blockSize
    self.isUnit = isUnit
  }

  /// The number of blocks.
  var blockCount: Int { (count + blockSize - 1) / blockSize }

  /// The rows of block `index`; the last one may have fewer.
  func range(_ index: Int) -> Range<Int> {
    index * blockSize..<min((index + 1) * blockSize, count)
  }

  /// Block `index` in float64.
  func block(_ index: Int) throws(TorchError) -> Tensor {
    let block = try features.narrowed(0, range(index)).converted(to: .float64)
    return isUnit ? try block.normalized(1) : block
  }

  /// Calls `body` with the d² of every pair i < j, a vector for each pair of blocks.
  /// - Parameter part: the pairs of blocks that are looked at; all by default.
  func forEachPair(
    _ part: BlockPairs = .all, _ body: (_ squaredDistances: Tensor) throws(TorchError) -> Void
  ) throws(TorchError) {
    var pairs = part
    for index in 0..<blockCount {
      let rows = try block(index)
      if rows.shape[0] > 1, pairs.takesNext() {
        let own = try squaredDistances(rows, rows).reshaped([-1])
        try body(own.gathered(0, Self.laterPairs(rows.shape[0], on: own.device)))
      }
      for later in index + 1..<max(blockCount, index + 1) where pairs.takesNext() {
        try body(squaredDistances(rows, block(later)).reshaped([-1]))
      }
    }
  }

  /// Calls `body` with the d² of every pair of one feature of each set, a vector for each pair of blocks.
  /// - Parameter part: the pairs of blocks that are looked at.
  func forEachPair(
    with other: FeatureBlocks, _ part: BlockPairs,
    _ body: (_ squaredDistances: Tensor) throws(TorchError) -> Void
  ) throws(TorchError) {
    var pairs = part
    for index in 0..<blockCount {
      let rows = try block(index)
      for column in 0..<other.blockCount where pairs.takesNext() {
        try body(squaredDistances(rows, other.block(column)).reshaped([-1]))
      }
    }
  }

  /// The sum of all rows, D.
  func sum() throws(TorchError) -> Tensor {
    var total = try Tensor.zeros([dimension], dtype: .float64, device: features.device)
    for index in 0..<blockCount { total = try total + block(index).sum([0]) }
    return total
  }

  /// Mean D and covariance D×D, with N − 1 in the denominator.
  typealias Moments = (mean: Tensor, covariance: Tensor)

  /// The moments of the rows.
  func moments() throws(TorchError) -> Moments {
    let mean = try sum() / Double(count)
    var scatter = try Tensor.zeros(
      [dimension, dimension], dtype: .float64, device: features.device)
    for index in 0..<blockCount {
      let centred = try block(index) - mean
      scatter = try scatter + centred.transposed().matmul(centred)
    }
    return (mean, try scatter / Double(count - 1))
  }

  /// |a|² + |b|² − 2⟨a, b⟩ of every row of `a` and of `b`, at least 0; 2 − 2⟨a, b⟩ of unit rows.
  func squaredDistances(_ a: Tensor, _ b: Tensor) throws(TorchError) -> Tensor {
    let products = try a.matmul(b.transposed()) * -2
    if isUnit { return try (products + 2).clamped(min: 0) }
    let sums = try a.power(2).sum([1], keeping: true) + b.power(2).sum([1]).unsqueezed(0)
    return try (products + sums).clamped(min: 0)
  }

  /// The row-major places of the pairs i < j in a count×count matrix.
  static func laterPairs(_ count: Int, on device: Device) throws(TorchError) -> Tensor {
    let pairs = try Tensor.upperTriangle(count, from: 1, device: device)
    let rowLength = try Tensor([Int64(count)]).moved(to: device)
    return try pairs.selected(0, 0) * rowLength + pairs.selected(0, 1)
  }
}
