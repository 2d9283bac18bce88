import Backbones
import Torch
import TorchNN

/// A system of the comparison: what it adds to the task loss of a step.
///
/// The trainer runs the student on the query view, asks the method for its terms, and steps on
/// task loss + Σ weight · term. A method keeps its own networks and state.
public protocol Method: AnyObject {
  /// The stages whose maps the student's forward pass must keep.
  var stages: Set<Stage> { get }
  /// Whether it looks at a second view of each image.
  var usesKeyView: Bool { get }
  /// What it trains besides the task network, with the keys of the checkpoint.
  var trainedTensors: [NamedTensor] { get }

  /// The loss terms of a step, and what is worth a line of the metrics.
  func terms(of step: TrainingStep) throws -> MethodTerms

  /// Everything of the method that a checkpoint must hold, under the interchange names.
  func stateDict() throws -> StateDict
  /// Goes on from a `stateDict`.
  func load(_ state: StateDict) throws
}

extension Method {
  /// The student is all there is.
  public func stateDict() throws -> StateDict { [:] }
  /// There is nothing to go on from.
  public func load(_ state: StateDict) throws {}
}
