import Torch
import TorchNN

/// The sum of the weights after some steps, in float64.
struct WeightSum {
  /// The sum of each tensor; none before the first step.
  private(set) var totals: [Tensor] = []
  /// The number of steps.
  private(set) var count = 0

  /// No steps yet.
  init() {}

  /// Takes in the weights after a step.
  mutating func add(_ weights: [Tensor]) throws(TorchError) {
    if count == 0 {
      totals = try weights.map { tensor throws(TorchError) in try tensor.converted(to: .float64) }
    } else {
      try totals.addInPlace(weights)
    }
    count += 1
  }

  /// The sum over the steps of several sums, which keep their own tensors.
  static func joined(_ sums: some Sequence<WeightSum>) throws(TorchError) -> WeightSum {
    var whole = WeightSum()
    for sum in sums where sum.count > 0 {
      if whole.count == 0 {
        whole.totals = try sum.totals.map { tensor throws(TorchError) in try tensor.clone() }
      } else {
        try whole.totals.addInPlace(sum.totals)
      }
      whole.count += sum.count
    }
    return whole
  }

  /// The mean of each tensor.
  func means() throws(TorchError) -> [Tensor] {
    try totals.map { total throws(TorchError) in try total / Double(max(count, 1)) }
  }

  /// The sums by the names of the tensors, and the number of steps; nothing where there are none.
  func stateDict(_ names: [String]) throws(TorchError) -> StateDict {
    try StateDict(totals, named: names, over: count)
  }

  /// The sum that a `stateDict` holds.
  /// - Throws: `StateDictMismatch` naming all keys that do not fit.
  init(_ state: StateDict, of tensors: [NamedTensor]) throws {
    (totals, count) = try tensors.restored(from: state, as: .float64)
  }
}
