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
  /// What is averaged as it is.
  private let tensors: [NamedTensor]
  /// What is averaged as a product.
  private let products: [AdaptedWeight]
  private var average: any StepAverage

  /// The average of the student `network`, which lies on its device already, over a run of `iterations` steps.
  public init(of network: any TaskNetwork, by averaging: WeightAveraging, iterations: Int) {
    let head = Set(network.headTensors.map(\.name))
    let all = network.namedTensors()
    products = AdaptedWeight.all(in: all)
    tensors = all.filter { entry in
      entry.isParameter
        ? entry.tensor.requiresGradient && !AdaptedWeight.isFactor(entry.name)
        : head.contains(entry.name) && entry.tensor.dtype == .float32
    }
    average =
      switch averaging {
      case .exponential(let decay): ExponentialMean(decay: decay)
      case .uniform(let start): UniformMean(skipping: Int(start * Double(iterations)))
      case .flat(let settings): SWADMean(settings)
      }
  }

  /// The number of steps that the average is over.
  public var count: Int { average.count }

  /// Whether no later step belongs to the average.
  public var isOver: Bool { average.isOver }

  /// The number of steps before the first and the last weights that it is over, where losses have chosen them.
  public var bounds: ClosedRange<Int>? { average.bounds }

  /// Takes in the weights after `iteration` steps.
  public func update(after iteration: Int) throws(TorchError) {
    try withoutGradients { () throws(TorchError) in
      try average.update(after: iteration, current)
    }
  }

  /// Takes in the mean loss on held-out synthetic images of the student's weights after `iteration` steps, which `update` has
  /// seen before.
  public func judge(loss: Double, after iteration: Int) throws(TorchError) {
    try withoutGradients { () throws(TorchError) in
      try average.judge(loss: loss, after: iteration, current)
    }
  }

  private func current() throws(TorchError) -> [Tensor] {
    try tensors.map { entry throws(TorchError) in try entry.tensor.detached() }
      + products.map { entry throws(TorchError) in try entry.product() }
  }

  /// The averaged tensors by their keys in the student, float32.
  public func values() throws -> StateDict {
    guard count > 0 else { return [:] }
    let means = try average.means()
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
    try average.stateDict(tensors.map(\.name) + products.map(\.name))
  }

  /// Goes on from a `stateDict`; an empty one is that of a run before the first step that counts.
  /// - Throws: `StateDictMismatch` naming all keys that do not fit.
  package func load(_ state: StateDict) throws {
    let asWeights = products.map {
      NamedTensor(name: $0.name, tensor: $0.weight.tensor, isParameter: false)
    }
    try average.load(state, of: tensors + asWeights)
  }
}
