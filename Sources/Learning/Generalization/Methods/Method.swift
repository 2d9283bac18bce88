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
  /// K, how many versions of each image in other styles it looks at.
  var styledViewCount: Int { get }
  /// Whether the student's backbone is trained; its head always is.
  var trainsBackbone: Bool { get }
  /// What it trains besides the task network, with the keys of the checkpoint.
  var trainedTensors: [NamedTensor] { get }

  /// Called at the beginning of each step, counted from 0 over the whole run.
  func begin(iteration: Int) throws
  /// The loss terms of a step, and what is worth a line of the metrics.
  ///
  /// On a CUDA device this is recorded once and replayed in later steps: it asks for no element's value, and what changes
  /// from step to step is changed in `begin` and `update`.
  func terms(of step: TrainingStep) throws -> MethodTerms

  /// Called once where a run starts, not where it is resumed, before the first step.
  /// - Parameter images: gives normalised N×3×H×W training images, batch after batch, as often as it is called.
  func prepare(student: any TaskNetwork, images: () throws -> Tensor) throws
  /// Takes the optimiser's step by calling `step` once; the gradients of the loss are there.
  /// - Parameter kept: that of the step's `MethodTerms`.
  func update(
    _ student: any TaskNetwork, keeping kept: [Tensor], by step: () throws -> Void
  ) throws

  /// Everything of the method that a checkpoint must hold, under the interchange names.
  func stateDict() throws -> StateDict
  /// Goes on from a `stateDict`.
  func load(_ state: StateDict) throws
}

extension Method {
  /// The image as it is alone.
  public var styledViewCount: Int { 0 }
  /// It is trained.
  public var trainsBackbone: Bool { true }
  /// Steps are alike.
  public func begin(iteration: Int) throws {}
  /// Nothing is to be prepared.
  public func prepare(student: any TaskNetwork, images: () throws -> Tensor) throws {}
  /// The step alone.
  public func update(
    _ student: any TaskNetwork, keeping kept: [Tensor], by step: () throws -> Void
  ) throws { try step() }
  /// The student is all there is.
  public func stateDict() throws -> StateDict { [:] }
  /// There is nothing to go on from.
  public func load(_ state: StateDict) throws {}
}
