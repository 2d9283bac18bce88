import Torch

/// Changes parameters by their gradients, step by step.
public protocol Optimizer: AnyObject {
  /// All trained parameters.
  var parameters: [Tensor] { get }
  /// The groups of trained parameters, whose rates can be scaled one by one; the last one has the heads.
  var groups: [ParameterGroup] { get }

  /// Sets what changes over a run; called before a step.
  /// - Parameter progress: the share of the run's steps that are over, in [0, 1].
  func begin(progress: Double)
  /// Multiplies the rate of each group by a factor from the next step on.
  /// - Parameter factors: as many as there are groups.
  func scale(_ factors: [Double])
  /// One update of every parameter that has a gradient.
  func step(learningRate: Double) throws(TorchError)
  /// Forgets the gradients of the last step.
  func clearGradients() throws(TorchError)
  /// What the optimiser remembers of earlier steps, by the keys of the parameters: its own tensors, not copies.
  func stateDict() -> StateDict
  /// Continues from a `stateDict`.
  /// - Throws: `StateDictMismatch` naming all keys that do not fit; nothing is changed then.
  func load(_ state: StateDict) throws
}

extension Optimizer {
  /// By default nothing changes.
  public func begin(progress: Double) {}

  /// By default there are none.
  public var groups: [ParameterGroup] { [] }

  /// By default there is nothing to scale.
  public func scale(_ factors: [Double]) {}

  /// Forgets the gradients of all trained parameters.
  public func clearGradients() throws(TorchError) {
    for parameter in parameters { try parameter.clearGradient() }
  }
}

extension SGD: Optimizer {}

/// The settings of an optimiser, from which it is made once its parameters are known.
public protocol OptimizerConfiguration: Sendable {
  /// The optimiser of a network's parameters.
  /// - Parameters:
  ///   - backbone: the parameters that start from published weights.
  ///   - heads: the parameters that start from random values.
  func makeOptimizer(backbone: [NamedTensor], heads: [NamedTensor]) throws -> any Optimizer
}

/// Stochastic gradient descent with a separate rate for the backbone; by default with the recipe's values (Algorithm.md §4).
public struct SGDConfiguration: OptimizerConfiguration, Equatable {
  /// The factor on the backbone's rate.
  public var backboneRate = 0.1
  /// The further factor on the rate of each layer of the backbone below its last one.
  public var layerDecay = 1.0
  /// Whether every layer of the backbone is a group of its own even where all have the same rate.
  public var separatesLayers = false
  /// μ, the momentum.
  public var momentum = 0.9
  /// The weight decay: this factor times the parameters is added to the gradients.
  public var weightDecay = 5e-4
  /// The weight decay at the end of the run, to which it goes along half a cosine; nil for the same throughout.
  public var weightDecayEnd: Double?
  /// How the learning rate enters the momentum buffer.
  public var form = SGD.Form.rateInside

  /// Settings; the defaults are the recipe's values.
  public init() {}

  /// SGD of the backbone's groups and the heads.
  public func makeOptimizer(backbone: [NamedTensor], heads: [NamedTensor]) -> any Optimizer {
    SGD(
      ParameterGroup.groups(
        backbone: backbone, heads: heads, backboneRate: backboneRate, layerDecay: layerDecay,
        separatesLayers: separatesLayers),
      momentum: momentum, weightDecay: weightDecay, weightDecayEnd: weightDecayEnd, form: form)
  }
}
