import Backbones
import Torch
import TorchNN

/// A training method: what it adds to the task loss of a step.
///
/// The trainer runs the student on the query view, asks the method for its terms, and takes a step for
/// task loss + Σ weight · term. A method keeps its own networks and state.
public protocol Method: AnyObject {
  /// The stages whose maps the student's forward pass must keep.
  var stages: Set<Stage> { get }
  /// Whether the method needs a second view of each image.
  var usesKeyView: Bool { get }
  /// K, how many versions of each image in other styles the method needs.
  var styledViewCount: Int { get }
  /// Whether the student's backbone is trained; its head always is.
  var trainsBackbone: Bool { get }
  /// Whether its terms compute something else from step to step, such as with new random numbers, so that they cannot be
  /// recorded and replayed.
  var changesInSteps: Bool { get }
  /// Whether it gives the maps inside the student's backbone other values, as of a whole batch, which then cannot be taken in
  /// parts.
  var changesMaps: Bool { get }
  /// What the method trains besides the task network, with the keys of the checkpoint.
  var trainedTensors: [NamedTensor] { get }

  /// Called at the beginning of each step, counted from 0 over the whole run.
  func begin(iteration: Int) throws
  /// The loss terms of a step, and other figures for the metrics.
  ///
  /// On a CUDA device this may be recorded once and replayed in later steps: so it must not read the value of an element,
  /// and what changes from step to step must be changed in `begin` and `update`; unless `changesInSteps`.
  func terms(of step: TrainingStep) throws -> MethodTerms

  /// Called once before the first step of a new run, but not when a run is resumed.
  /// - Parameter images: returns normalised N×3×H×W training images, the next batch at each call.
  func prepare(student: any TaskNetwork, images: () throws -> Tensor) throws
  /// Takes the optimiser's step by calling `step` once; the gradients of the loss were computed before.
  /// - Parameter kept: the property `kept` of the step's `MethodTerms`.
  func update(
    _ student: any TaskNetwork, keeping kept: [Tensor], by step: () throws -> Void
  ) throws

  /// Everything of the method that a checkpoint must hold, under the interchange names.
  func stateDict() throws -> StateDict
  /// Continues from a `stateDict`.
  func load(_ state: StateDict) throws
}

extension Method {
  /// By default a method needs no versions in other styles.
  public var styledViewCount: Int { 0 }
  /// By default the backbone is trained.
  public var trainsBackbone: Bool { true }
  /// By default the terms are computed in the same way in every step.
  public var changesInSteps: Bool { false }
  /// By default maps are left as they are.
  public var changesMaps: Bool { false }
  /// By default nothing changes from step to step.
  public func begin(iteration: Int) throws {}
  /// By default there is nothing to prepare.
  public func prepare(student: any TaskNetwork, images: () throws -> Tensor) throws {}
  /// By default only the optimiser's step is taken.
  public func update(
    _ student: any TaskNetwork, keeping kept: [Tensor], by step: () throws -> Void
  ) throws { try step() }
  /// By default a method has no state besides the student.
  public func stateDict() throws -> StateDict { [:] }
  /// By default there is nothing to continue from.
  public func load(_ state: StateDict) throws {}
}
