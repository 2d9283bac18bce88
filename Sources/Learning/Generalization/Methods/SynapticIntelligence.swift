import Backbones
import Torch
import TorchNN

/// Synaptic Intelligence (Zenke et al. 2017): the importance of a weight is how much its movement lowered the loss.
///
/// In every step ω_k ← ω_k − g_k Δθ_k, with g the gradient of the loss without the penalty and Δθ the change by the
/// optimiser. Every `interval` iterations Ω_k ← Ω_k + max(ω_k / ((θ_k − θ'_k)² + ξ), 0), with θ' the weights at the
/// previous such time, and ω restarts from 0. The penalty is Σ Ω_k (θ_k − θ*_k)².
///
/// The paper collects the importance on the tasks that were learnt before. The training on ImageNet is not available, so
/// the importance is collected on the synthetic task, while θ* stays the ImageNet weights.
public final class SynapticIntelligence: Method {
  private let configuration: SynapticIntelligenceConfiguration
  private let weights: AnchoredWeights
  /// ω.
  private let path: [NamedTensor]
  /// Ω.
  private let importance: [NamedTensor]
  /// θ'.
  private let start: [NamedTensor]
  private var iteration = 0

  /// The method needs no map.
  public let stages: Set<Stage> = []
  /// One view is enough.
  public let usesKeyView = false
  /// The method trains only the student.
  public let trainedTensors: [NamedTensor] = []

  /// The penalty towards the weights that `student` holds now, those of ImageNet.
  /// - Parameter device: where the student is trained.
  /// - Throws: `MethodError.addedWeights` where adapters or learnt tokens are trained, `.frozenBackbone` where nothing is.
  public init(
    _ configuration: SynapticIntelligenceConfiguration, student: any Backbone, device: Device
  ) throws {
    self.configuration = configuration
    weights = try AnchoredWeights(of: student, on: device)
    path = try weights.zeros(prefix: "synaptic_intelligence.path.")
    importance = try weights.zeros(prefix: "synaptic_intelligence.importance.")
    start = try weights.zeros(prefix: "synaptic_intelligence.start.")
    for (start, anchor) in zip(start, weights.anchors) { try start.tensor.copyInPlace(anchor) }
  }

  /// Remembers the number of the step, which `interval` needs.
  public func begin(iteration: Int) { self.iteration = iteration }

  /// The term `synaptic_intelligence`, a value without a gradient: `update` adds the gradient of the penalty, so that it can
  /// first read the gradient of the loss alone.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    let penalty = try withoutGradients { () throws(TorchError) in
      try weights.squaredDistance(weightedBy: importance)
    }
    var terms = MethodTerms()
    terms.losses = [
      .init(name: "synaptic_intelligence", value: penalty, weight: configuration.lambda)
    ]
    return terms
  }

  /// Follows the weights through the optimiser's step.
  public func update(
    _ student: any TaskNetwork, keeping kept: [Tensor], by step: () throws -> Void
  ) throws {
    let gradients = try weights.current.map { try $0.tensor.gradient()?.clone() }
    let before = try weights.current.map { try $0.tensor.detached().clone() }
    try weights.addGradient(weightedBy: importance, times: configuration.lambda)
    try step()
    try withoutGradients {
      for index in path.indices {
        guard let gradient = gradients[index] else { continue }
        let change = try weights.current[index].tensor - before[index]
        try path[index].tensor.addProductInPlace(gradient, change, times: -1)
      }
      if (iteration + 1).isMultiple(of: configuration.interval) { try consolidate() }
    }
  }

  private func consolidate() throws(TorchError) {
    for index in path.indices {
      let current = try weights.current[index].tensor.detached()
      let movement = try (current - start[index].tensor).power(2) + configuration.damping
      // If the loss rose with the movement of a weight, its importance is 0, not negative.
      let gain = try (path[index].tensor / movement).clamped(min: 0)
      try importance[index].tensor.addInPlace(gain)
      try path[index].tensor.fillInPlace(0)
      try start[index].tensor.copyInPlace(current)
    }
  }

  /// The tensors ω, Ω, θ' and θ*.
  public func stateDict() throws -> StateDict { StateDict(saved) }

  /// Continues from the saved ω, Ω, θ' and θ*.
  /// - Throws: `StateDictMismatch` where the checkpoint lacks them.
  public func load(_ state: StateDict) throws {
    try saved.load(state, allowsUnexpected: true)
  }

  private var saved: [NamedTensor] {
    path + importance + start + weights.named(prefix: "synaptic_intelligence.anchor.")
  }
}
