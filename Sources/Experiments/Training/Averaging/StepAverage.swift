import Torch
import TorchNN

/// An average of tensors over the steps of a run.
protocol StepAverage {
  /// The number of steps that it is over.
  var count: Int { get }
  /// Whether no later step belongs to it.
  var isOver: Bool { get }
  /// The number of steps before the first and the last weights that it is over, as far as it knows them.
  var bounds: ClosedRange<Int>? { get }

  /// Takes in the tensors after `iteration` steps.
  mutating func update(
    after iteration: Int, _ tensors: () throws(TorchError) -> [Tensor]
  ) throws(TorchError)
  /// Takes in the loss on held-out data of the tensors after `iteration` steps, which an update has seen already.
  mutating func judge(
    loss: Double, after iteration: Int, _ tensors: () throws(TorchError) -> [Tensor]
  ) throws(TorchError)
  /// The mean of each tensor; none before the first step that counts.
  func means() throws(TorchError) -> [Tensor]
  /// What is needed to go on, by the tensors' names: its own tensors, not copies; nothing before the first step that counts.
  func stateDict(_ names: [String]) throws(TorchError) -> StateDict
  /// Goes on from a `stateDict` of `tensors`.
  /// - Throws: `StateDictMismatch` naming all keys that do not fit.
  mutating func load(_ state: StateDict, of tensors: [NamedTensor]) throws
}

extension StepAverage {
  /// It goes on to the end of the run.
  var isOver: Bool { false }
  /// Its name says which.
  var bounds: ClosedRange<Int>? { nil }

  /// No loss matters.
  func judge(
    loss: Double, after iteration: Int, _ tensors: () throws(TorchError) -> [Tensor]
  ) throws(TorchError) {}
}
