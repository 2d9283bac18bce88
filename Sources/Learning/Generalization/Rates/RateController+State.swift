import Torch
import TorchNN

extension RateController {
  private static let (policyPrefix, optimizerPrefix) = ("policy.", "optimizer.")

  /// What is needed to go on, for a checkpoint.
  public func stateDict() throws -> StateDict {
    var state = StateDict(policy.namedTensors()).prefixed(Self.policyPrefix)
    state["hidden"] = start.hidden
    state["cell"] = start.cell
    state["record"] = try Tensor([
      Double(record.decisions), Double(record.updates), record.usualReward, record.figure,
    ])
    guard record.decisions > 0 else { return state }
    let count = episode.choices.count
    state["norms"] = try Tensor(record.norms)
    state["features"] = try episode.featureTensor()
    state["choices"] = try Tensor(
      episode.choices.joined().map(Int64.init), shape: [count, episode.layers])
    // No tensor without elements: the last decision's reward is not known yet.
    state["rewards"] = try Tensor(episode.rewards + [0])
    if record.updates > 0 {
      state.merge(optimizer.stateDict().prefixed(Self.optimizerPrefix)) { $1 }
    }
    return state
  }

  /// Goes on from a `stateDict`.
  /// - Throws: `StateDictMismatch` naming all keys that do not fit.
  public func load(_ state: StateDict) throws {
    func target(_ name: String, _ shape: [Int], _ type: DType) throws -> NamedTensor {
      NamedTensor(name: name, tensor: try .zeros(shape, dtype: type), isParameter: false)
    }
    let layers = episode.layers
    let numbers = try target("record", [4], .float64)
    var targets = policy.namedTensors().map { $0.prefixed(Self.policyPrefix) }
    targets += [
      numbers, NamedTensor(name: "hidden", tensor: start.hidden, isParameter: false),
      NamedTensor(name: "cell", tensor: start.cell, isParameter: false),
    ]
    let count = state["features"]?.shape.first ?? 0
    let (norms, features, choices, rewards) = (
      try target("norms", [layers], .float64),
      try target("features", [count, layers, RatePolicy.featureCount], .float32),
      try target("choices", [count, layers], .int64), try target("rewards", [count], .float64)
    )
    if count > 0 { targets += [norms, features, choices, rewards] }
    try targets.load(state.filter { !$0.key.hasPrefix(Self.optimizerPrefix) })
    let known: [Double] = try numbers.tensor.scalars()
    let name = "rates.record"
    record = RateRecord(
      decisions: try Int(stored: known[0], as: name), updates: try Int(stored: known[1], as: name),
      usualReward: known[2], figure: known[3])
    if record.updates > 0 { try optimizer.load(state.below(Self.optimizerPrefix)) }
    episode = RateEpisode(layers: layers)
    guard count > 0 else { return }
    record.norms = try norms.tensor.scalars()
    let (seen, chosen): ([Float], [Int64]) = (
      try features.tensor.scalars(), try choices.tensor.scalars()
    )
    let width = layers * RatePolicy.featureCount
    episode.features = (0..<count).map { Array(seen[$0 * width..<($0 + 1) * width]) }
    for place in 0..<count {
      episode.choices.append([])
      take(chosen[place * layers..<(place + 1) * layers].map(Int.init))
    }
    let earned: [Double] = try rewards.tensor.scalars()
    episode.rewards = Array(earned.dropLast())
  }
}
