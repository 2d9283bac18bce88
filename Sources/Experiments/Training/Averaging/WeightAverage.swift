import Backbones
import Runs
import Torch
import TorchNN

/// The average of a student's weights over the steps so far, with what is needed to go on averaging.
///
/// What a run changes is averaged: the trained parameters, and the running statistics of batch norms in the head, which
/// belong to them. Counters of batches and whatever is frozen are the student's own. Of changes of low rank, the products are
/// averaged, which then become part of the weights. A moving average is kept in float32, a mean as its sum in float64.
public final class WeightAverage {
  private let averaging: WeightAveraging
  /// What is averaged as it is.
  private let tensors: [NamedTensor]
  /// What is averaged as a product.
  private let products: [AdaptedWeight]
  /// The number of steps that are left out at the start.
  private let skipped: Int
  /// The moving average, or the sum, of each tensor and then of each product; none before the first step that counts.
  private var totals: [Tensor] = []
  /// The number of steps that the average is over.
  public private(set) var count = 0

  /// The average of the student `network`, which lies on its device already, over a run of `iterations` steps.
  public init(of network: any TaskNetwork, by averaging: WeightAveraging, iterations: Int) {
    self.averaging = averaging
    let head = Set(network.headTensors.map(\.name))
    let all = network.namedTensors()
    products = AdaptedWeight.all(in: all)
    tensors = all.filter { entry in
      entry.isParameter
        ? entry.tensor.requiresGradient && !AdaptedWeight.isFactor(entry.name)
        : head.contains(entry.name) && entry.tensor.dtype == .float32
    }
    skipped =
      switch averaging {
      case .exponential: 0
      case .uniform(let start): Int(start * Double(iterations))
      }
  }

  /// Takes in the weights after `iteration` steps.
  public func update(after iteration: Int) throws(TorchError) {
    guard iteration > skipped else { return }
    try withoutGradients { () throws(TorchError) in
      let current =
        try tensors.map { entry throws(TorchError) in try entry.tensor.detached() }
        + products.map { entry throws(TorchError) in try entry.product() }
      switch averaging {
      case .exponential(let decay) where count > 0:
        try totals.multiplyInPlace(decay)
        try totals.addInPlace(current, times: 1 - decay)
      case .uniform where count > 0:
        try totals.addInPlace(current)
      case .exponential:
        totals = try current.map { tensor throws(TorchError) in try tensor.clone() }
      case .uniform:
        totals = try current.map { tensor throws(TorchError) in try tensor.converted(to: .float64) }
      }
    }
    count += 1
  }

  /// The averaged tensors by their keys in the student, float32.
  public func values() throws -> StateDict {
    guard count > 0 else { return [:] }
    let means = try totals.map { total in
      switch averaging {
      case .exponential: total
      case .uniform: try total / Double(count)
      }
    }
    var values = StateDict()
    for (entry, mean) in zip(tensors, means) {
      values[entry.name] = try mean.converted(to: .float32)
    }
    for (entry, mean) in zip(products, means.dropFirst(tensors.count)) {
      values.merge(try entry.values(of: mean)) { $1 }
    }
    return values
  }

  /// Runs `body` while the student has the averaged weights; afterwards it has its own again, to the bit.
  public func applied<Value>(_ body: () throws -> Value) throws -> Value {
    let changed = tensors + products.flatMap { [$0.weight, $0.b] }
    let own = StateDict(
      uniqueKeysWithValues: try changed.map { ($0.name, try $0.tensor.detached().clone()) })
    let result = Result {
      try changed.load(values())
      return try body()
    }
    try changed.load(own)
    return try result.get()
  }

  /// What a checkpoint must hold: the tensors themselves, not copies.
  package func stateDict() throws -> StateDict {
    guard count > 0 else { return [:] }
    var state = StateDict(uniqueKeysWithValues: zip(totalNames, totals))
    state[Self.countKey] = try Tensor([Int64(count)])
    return state
  }

  /// Goes on from a `stateDict`; an empty one is that of a run before the first step that counts.
  /// - Throws: `StateDictMismatch` naming all keys that do not fit.
  package func load(_ state: StateDict) throws {
    (totals, count) = ([], 0)
    guard !state.isEmpty else { return }
    let type: DType = if case .uniform = averaging { .float64 } else { .float32 }
    let kept = try (tensors + products.map(\.weight)).map { entry in
      try Tensor.zeros(entry.tensor.shape, dtype: type).moved(to: entry.tensor.device)
    }
    let counted = try Tensor([Int64(0)])
    let targets =
      zip(totalNames, kept).map { NamedTensor(name: $0, tensor: $1, isParameter: false) }
      + [NamedTensor(name: Self.countKey, tensor: counted, isParameter: false)]
    try targets.load(state)
    (totals, count) = (kept, Int(try counted.sum().item()))
  }

  /// The keys of the totals.
  private var totalNames: [String] { tensors.map(\.name) + products.map(\.name) }

  /// The key of the number of steps.
  private static let countKey = "count"
}
