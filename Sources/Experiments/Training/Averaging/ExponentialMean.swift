import Torch
import TorchNN

/// θ̄ ← d·θ̄ + (1 − d)·θ after every step, from the tensors after the first one, in float32.
struct ExponentialMean: StepAverage {
  private let decay: Double
  private var averages: [Tensor] = []
  private(set) var count = 0

  private static let countKey = "count"

  /// An average that keeps the share `decay` of itself in each step.
  init(decay: Double) {
    self.decay = decay
  }

  mutating func update(
    after iteration: Int, _ tensors: () throws(TorchError) -> [Tensor]
  ) throws(TorchError) {
    let current = try tensors()
    if count == 0 {
      averages = try current.map { tensor throws(TorchError) in try tensor.clone() }
    } else {
      try averages.multiplyInPlace(decay)
      try averages.addInPlace(current, times: 1 - decay)
    }
    count += 1
  }

  func means() -> [Tensor] { averages }

  func stateDict(_ names: [String]) throws(TorchError) -> StateDict {
    guard count > 0 else { return [:] }
    var state = StateDict(uniqueKeysWithValues: zip(names, averages))
    state[Self.countKey] = try Tensor([Int64(count)])
    return state
  }

  mutating func load(_ state: StateDict, of tensors: [NamedTensor]) throws {
    (averages, count) = ([], 0)
    guard !state.isEmpty else { return }
    let counted = try Tensor([Int64(0)])
    averages = try tensors.restored(
      from: state, as: .float32,
      beside: NamedTensor(name: Self.countKey, tensor: counted, isParameter: false))
    count = Int(try counted.sum().item())
  }
}
