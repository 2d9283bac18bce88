import Torch

/// Changes parameters by their gradients, step by step.
public protocol Optimizer: AnyObject {
  /// All trained parameters.
  var parameters: [Tensor] { get }

  /// One update of every parameter that has a gradient.
  func step(learningRate: Double) throws(TorchError)
  /// Forgets the gradients of the last step.
  func clearGradients() throws(TorchError)
  /// What it remembers of earlier steps, by the keys of the parameters: its own tensors, not copies.
  func stateDict() -> StateDict
  /// Goes on from a `stateDict`.
  /// - Throws: `StateDictMismatch` naming all keys that do not fit; nothing is changed then.
  func load(_ state: StateDict) throws
}

extension SGD: Optimizer {}

/// An optimiser with its settings, before it is known what it updates.
public protocol OptimizerConfiguration: Sendable {
  /// The optimiser of a network's parameters.
  /// - Parameters:
  ///   - backbone: those that start from published weights.
  ///   - heads: those that start at random.
  func makeOptimizer(backbone: [NamedTensor], heads: [NamedTensor]) throws -> any Optimizer
}

/// Stochastic gradient descent with a rate of its own for the backbone; the recipe's values by default (Algorithm.md §4).
public struct SGDConfiguration: OptimizerConfiguration, Equatable {
  /// The factor on the backbone's rate.
  public var backboneRate = 0.1
  /// μ.
  public var momentum = 0.9
  /// What is added to the gradients, times the parameters.
  public var weightDecay = 5e-4
  /// Where the rate stands in the momentum buffer.
  public var form = SGD.Form.rateInside

  /// The recipe's values.
  public init() {}

  /// SGD of two groups.
  public func makeOptimizer(backbone: [NamedTensor], heads: [NamedTensor]) -> any Optimizer {
    SGD(
      [.init(backbone, rate: backboneRate), .init(heads, rate: 1)], momentum: momentum,
      weightDecay: weightDecay, form: form)
  }
}
