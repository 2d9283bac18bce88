import Torch

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019), in groups of different rates; the numbers are PyTorch's.
///
/// m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², p ← (1 − lr·wd)·p − lr · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε), with t the
/// number of steps.
public final class AdamW: Optimizer {
  private static let first = "first."
  private static let second = "second."
  private static let steps = "steps"

  /// The groups of trained parameters.
  public private(set) var groups: [ParameterGroup]
  private let settings: AdamWConfiguration
  private var moments: [String: (first: Tensor, second: Tensor)] = [:]
  private var stepCount = 0
  private var weightDecay: WeightDecay

  /// An optimiser of `groups`; parameters that record no gradient are left out.
  public init(_ groups: [ParameterGroup], _ settings: AdamWConfiguration) {
    self.groups = groups.map(\.trained)
    self.settings = settings
    weightDecay = WeightDecay(settings.weightDecay, to: settings.weightDecayEnd)
  }

  /// All trained parameters.
  public var parameters: [Tensor] { groups.flatMap { $0.parameters.map(\.tensor) } }

  /// Anneals the weight decay.
  public func begin(progress: Double) { weightDecay.begin(progress: progress) }

  /// Multiplies the rate of each group by a factor from the next step on; what has no factor keeps its rate.
  public func scale(_ factors: [Double]) { groups.scale(by: factors) }

  /// One update of every parameter that has a gradient.
  public func step(learningRate: Double) throws(TorchError) {
    stepCount += 1
    try withoutGradients { () throws(TorchError) in
      for group in groups {
        try update(group.parameters, learningRate * group.rate * group.scale)
      }
    }
  }

  /// The moments by the keys of their parameters, after `first.` and `second.`, and the number of steps.
  public func stateDict() -> StateDict {
    var state: StateDict = [:]
    for (name, moments) in moments {
      state[Self.first + name] = moments.first
      state[Self.second + name] = moments.second
    }
    // The number of steps is small, so that a float32 holds it.
    state[Self.steps] = try? Tensor([Float(stepCount)])
    return state
  }

  /// Continues from a `stateDict` that was taken after at least one step.
  /// - Throws: `StateDictMismatch` naming all missing, unexpected and mis-shaped keys; nothing is changed then.
  public func load(_ state: StateDict) throws {
    let count = try Tensor.zeros([1])
    var targets = [NamedTensor(name: Self.steps, tensor: count, isParameter: false)]
    for parameter in groups.flatMap(\.parameters) {
      let own = try moments(of: parameter)
      targets.append(
        .init(name: Self.first + parameter.name, tensor: own.first, isParameter: false))
      targets.append(
        .init(name: Self.second + parameter.name, tensor: own.second, isParameter: false))
    }
    try targets.load(state)
    stepCount = try Int(stored: count.item(), as: Self.steps, from: 1)
  }

  private func update(_ candidates: [NamedTensor], _ rate: Double) throws(TorchError) {
    var all: [AdamWOperands] = []
    for parameter in candidates {
      let own = try moments(of: parameter)
      guard let gradient = try parameter.tensor.gradient() else { continue }
      all.append(
        AdamWOperands(
          parameter: parameter.tensor, gradient: gradient, first: own.first, second: own.second))
    }
    try all.stepByAdamW(
      stepCount, learningRate: rate, beta1: settings.beta1, beta2: settings.beta2,
      weightDecay: weightDecay.present, epsilon: settings.epsilon)
  }

  private func moments(
    of parameter: NamedTensor
  ) throws(TorchError) -> (first: Tensor, second: Tensor) {
    if let known = moments[parameter.name] { return known }
    let like = try parameter.tensor.detached()
    let new = (first: try Tensor.zeros(like: like), second: try Tensor.zeros(like: like))
    moments[parameter.name] = new
    return new
  }
}
