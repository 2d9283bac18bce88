import Torch
import TorchNN

/// The mean of the tensors after every step of the last part of a run.
struct UniformMean: StepAverage {
  /// The number of steps that are left out at the start.
  private let skipped: Int
  private var sum = WeightSum()

  /// A mean that leaves out the first `skipped` steps.
  init(skipping skipped: Int) {
    self.skipped = skipped
  }

  var count: Int { sum.count }

  mutating func update(
    after iteration: Int, _ tensors: () throws(TorchError) -> [Tensor]
  ) throws(TorchError) {
    // A shorter run, of which this one is the continuation, has averaged what is not of its own last part.
    if sum.count > max(0, iteration - 1 - skipped) { sum = WeightSum() }
    if iteration > skipped { try sum.add(tensors()) }
  }

  func means() throws(TorchError) -> [Tensor] { try sum.means() }

  func stateDict(_ names: [String]) throws(TorchError) -> StateDict { try sum.stateDict(names) }

  mutating func load(_ state: StateDict, of tensors: [NamedTensor]) throws {
    sum = try WeightSum(state, of: tensors)
  }
}
