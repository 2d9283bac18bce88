import Torch
import TorchNN

/// K styles of recent images that lie far from each other, of which others are made.
final class StylePrototypes {
  private let count: Int
  /// The styles of recent images as columns, 2C×pool.
  private var pool: KeyQueue
  /// The number of images whose styles have been put there, one int64.
  private let seen: Tensor
  /// K×2C: means, then deviations.
  private let chosen: Tensor
  /// Whether there are prototypes.
  private(set) var areChosen = false

  /// No prototypes yet.
  /// - Parameters:
  ///   - count: K.
  ///   - capacity: the recent images that they are chosen from; at least K are kept.
  ///   - generator: fills the pool before there are styles.
  init(
    _ count: Int, of capacity: Int, channels: Int, generator: Generator, device: Device
  ) throws(TorchError) {
    self.count = count
    pool = try KeyQueue(
      dimension: 2 * channels, capacity: max(capacity, count), generator: generator
    ).moved(to: device)
    seen = try Tensor([Int64(0)])
    chosen = try Tensor.zeros([count, 2 * channels], device: device)
  }

  /// Puts N×2C styles into the pool, in the place of the oldest.
  func remember(_ styles: Tensor) throws(TorchError) {
    try pool.enqueue(styles)
    try seen.copyInPlace(seen + Tensor([Int64(styles.shape[0])]))
  }

  /// Chooses prototypes from the pool, once there are K styles: again where `isDue`, and else only the first time.
  func choose(isDue: Bool) throws(TorchError) {
    let found = min(try total(), pool.capacity)
    guard found >= count, isDue || !areChosen else { return }
    let styles = try pool.keys.narrowed(1, 0..<found).transposed().contiguous()
    let places = try FarthestPoints.places(in: styles, count: count)
    try chosen.copyInPlace(styles.gathered(0, Tensor(places).moved(to: styles.device)))
    areChosen = true
  }

  /// For each of N images a style made of the prototypes by its row of the N×K weights.
  func style(by weights: Tensor, dtype: DType) throws(TorchError) -> MapStyle {
    try MapStyle(
      mixing: chosen.converted(to: dtype),
      by: weights.converted(to: dtype).moved(to: chosen.device))
  }

  /// Everything that a checkpoint must hold.
  var saved: [NamedTensor] {
    [("pool", pool.keys), ("seen", seen), ("prototypes", chosen)].map { name, tensor in
      NamedTensor(name: "shade.\(name)", tensor: tensor, isParameter: false)
    }
  }

  /// Continues with the saved ones.
  /// - Throws: `StateDictMismatch` where the checkpoint lacks them.
  func load(_ state: StateDict) throws {
    try saved.load(state, allowsUnexpected: true)
    let total = try total()
    pool = try KeyQueue(keys: pool.keys, position: total % pool.capacity)
    areChosen = total >= count
  }

  private func total() throws(TorchError) -> Int {
    try Int(stored: seen.sum().item(), as: "shade.seen")
  }
}
