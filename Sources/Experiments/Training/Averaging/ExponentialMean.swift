import Torch
import TorchNN

/// θ̄ ← d·θ̄ + (1 − d)·θ after every step, from the tensors after the first one, in float32.
struct ExponentialMean: StepAverage {
  private let decay: Double
  private var averages: [Tensor] = []
  private(set) var count = 0

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
    try StateDict(averages, named: names, over: count)
  }

  mutating func load(_ state: StateDict, of tensors: [NamedTensor]) throws {
    (averages, count) = try tensors.restored(from: state, as: .float32)
  }
}
