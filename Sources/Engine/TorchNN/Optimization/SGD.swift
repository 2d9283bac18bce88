import Torch

/// Stochastic gradient descent with momentum and weight decay, in groups of different rates.
public final class SGD {
  /// How the learning rate enters the momentum buffer.
  public enum Form: String, Sendable, CaseIterable {
    /// b ← μ·b + lr·g, p ← p − b, as in the recipe (Algorithm.md §4).
    case rateInside = "rate-inside"
    /// b ← μ·b + g, p ← p − lr·b, as in PyTorch.
    case rateOutside = "rate-outside"
  }

  /// The groups of trained parameters.
  public private(set) var groups: [ParameterGroup]
  private let momentum: Double
  private var weightDecay: WeightDecay
  private let form: Form
  private var buffers: StateDict = [:]

  /// An optimiser of `groups`; parameters that record no gradient are left out.
  public init(
    _ groups: [ParameterGroup], momentum: Double, weightDecay: Double,
    weightDecayEnd: Double? = nil, form: Form
  ) {
    self.groups = groups.map(\.trained)
    self.momentum = momentum
    self.weightDecay = WeightDecay(weightDecay, to: weightDecayEnd)
    self.form = form
  }

  /// The keys of all trained parameters.
  public var parameterNames: [String] { groups.flatMap { $0.parameters.map(\.name) } }

  /// All trained parameters.
  public var parameters: [Tensor] { groups.flatMap { $0.parameters.map(\.tensor) } }

  /// Anneals the weight decay.
  public func begin(progress: Double) { weightDecay.begin(progress: progress) }

  /// Multiplies the rate of each group by a factor from the next step on; what has no factor keeps its rate.
  public func scale(_ factors: [Double]) { groups.scale(by: factors) }

  /// One update of every parameter that has a gradient, with g = gradient + weight decay · p.
  public func step(learningRate: Double) throws(TorchError) {
    try withoutGradients { () throws(TorchError) in
      for group in groups {
        try update(group.parameters, learningRate * group.rate * group.scale)
      }
    }
  }

  /// The momentum buffers by the keys of their parameters: the optimiser's own, not copies.
  public func stateDict() -> StateDict { buffers }

  /// Continues from the buffers of a `stateDict` that was taken after at least one step.
  /// - Throws: `StateDictMismatch` naming all missing, unexpected and mis-shaped keys; nothing is changed then.
  public func load(_ state: StateDict) throws {
    let parameters = groups.flatMap(\.parameters)
    var mismatch = StateDictMismatch()
    mismatch.unexpected = Set(state.keys).subtracting(parameters.map(\.name)).sorted()
    for parameter in parameters {
      guard let buffer = state[parameter.name] else {
        mismatch.missing.append(parameter.name)
        continue
      }
      if buffer.shape == parameter.tensor.shape { continue }
      mismatch.misshaped.append(
        .init(key: parameter.name, expected: parameter.tensor.shape, found: buffer.shape))
    }
    guard mismatch.isEmpty else { throw mismatch }
    buffers = [:]
    for parameter in parameters {
      guard let buffer = state[parameter.name] else { continue }
      try momentumBuffer(parameter).copyInPlace(buffer)
    }
  }

  private func update(_ candidates: [NamedTensor], _ rate: Double) throws(TorchError) {
    var all: [SGDOperands] = []
    for parameter in candidates {
      // The buffer starts at zero, so that neither the first step nor the state dict, which holds all buffers, is a special
      // case.
      let buffer = try momentumBuffer(parameter)
      guard let gradient = try parameter.tensor.gradient() else { continue }
      all.append(SGDOperands(parameter: parameter.tensor, gradient: gradient, buffer: buffer))
    }
    let insideRate = form == .rateInside ? rate : 1
    let outsideRate = form == .rateInside ? 1 : rate
    try all.stepBySGD(
      momentum: momentum, gradient: insideRate, decay: insideRate * weightDecay.present,
      step: outsideRate)
  }

  private func momentumBuffer(_ parameter: NamedTensor) throws(TorchError) -> Tensor {
    if let buffer = buffers[parameter.name] { return buffer }
    let buffer = try Tensor.zeros(like: parameter.tensor.detached())
    buffers[parameter.name] = buffer
    return buffer
  }
}
