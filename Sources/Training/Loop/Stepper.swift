import Backbones
import Datasets
import Generalization
import Torch
import TorchNN

/// Takes training steps: the one place where student, method and optimiser meet (ALGORITHM.md §3).
public struct Stepper {
  /// The tensors of a step.
  public struct Input {
    /// x_q, N×3×H×W.
    public let query: Tensor
    /// x_k, N×3×H×W; nil where it is x_q.
    public let key: Tensor?
    /// x_q in other styles, N×3×H×W each.
    public let styled: [Tensor]
    /// N×… int64.
    public let labels: Tensor

    /// A step's tensors, on the student's device.
    public init(query: Tensor, key: Tensor?, styled: [Tensor] = [], labels: Tensor) {
      self.query = query
      self.key = key
      self.styled = styled
      self.labels = labels
    }
  }

  private let network: any TaskNetwork
  private let method: any Method
  private let optimizer: SGD
  private let frozenPrecision: Precision?
  private let seed: UInt64

  /// Steps that train `network` and the heads of `method`.
  /// - Parameters:
  ///   - frozenPrecision: the arithmetic of passes without gradients; the network's by default.
  ///   - seed: of what the steps themselves draw, such as dropout.
  public init(
    _ network: any TaskNetwork, _ method: any Method, _ optimizer: SGD,
    frozenPrecision: Precision? = nil, seed: UInt64 = 0
  ) {
    self.network = network
    self.method = method
    self.optimizer = optimizer
    self.frozenPrecision = frozenPrecision
    self.seed = seed
  }

  /// One step on loss = task loss + Σ weight · term.
  /// - Throws: `TrainingError.lossNotFinite`, with the parameters as they were before the step.
  public func step(
    _ input: Input, iteration: Int, learningRate: Double
  ) throws -> StepLosses {
    // Step 1 of §3; steps 2 to 6 are the method's.
    var draws = AddressedGenerator(seed: seed, epoch: iteration, sample: -1, view: 1)
    let mode = NetworkMode.training(seed: draws.next())
    let step = TrainingStep(
      iteration: iteration, student: network, query: input.query, key: input.key,
      styled: input.styled, labels: input.labels, frozenPrecision: frozenPrecision, mode: mode,
      output: try network(input.query, stages: method.stages, mode: mode))
    let terms = try method.terms(of: step)
    let taskLoss = try network.loss(step.output.logits, labels: input.labels)
    // Step 7.
    let loss = try terms.losses.reduce(taskLoss) { sum, term in
      try sum + term.value * term.weight
    }
    let losses = StepLosses(
      total: try loss.item(), task: try taskLoss.item(),
      terms: try terms.losses.map { ($0.name, try $0.value.item()) }, figures: terms.figures)
    guard losses.total.isFinite else {
      throw TrainingError.lossNotFinite(iteration: iteration, terms: losses.summary)
    }
    try loss.backward()
    try method.update(network) { try optimizer.step(learningRate: learningRate) }
    try optimizer.clearGradients()
    return losses
  }
}
