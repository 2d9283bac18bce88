import Backbones
import Datasets
import Generalization
import Runs
import Torch
import TorchNN

/// Takes training steps: the one place where student, method and optimiser meet (Algorithm.md §3).
public struct Stepper {
  private let network: any TaskNetwork
  private let method: any Method
  private let optimizer: any Optimizer
  private let frozenPrecision: Precision?
  private let clipNorm: Double?
  private let mixing: StyleMixing?
  private let seed: UInt64
  private let recorder: StepRecorder?
  private let sharing: SharedSteps?

  /// Makes steps that train `network` and the heads of `method`.
  /// - Parameters:
  ///   - frozenPrecision: the precision of passes without gradients; the network's by default.
  ///   - clipNorm: the largest L2 norm of all gradients together; larger ones are scaled down to it.
  ///   - mixing: how the styles of the student's maps of x_q are mixed; nil for not at all.
  ///   - seed: the seed of what the steps themselves draw, such as dropout.
  ///   - recorder: records the passes of a step once and replays them; only for networks that draw nothing at random in
  ///     training.
  ///   - sharing: what the steps have in common with those of other processes, each of which is given its own images.
  public init(
    _ network: any TaskNetwork, _ method: any Method, _ optimizer: any Optimizer,
    frozenPrecision: Precision? = nil, clipNorm: Double? = nil, mixing: StyleMixing? = nil,
    seed: UInt64 = 0,
    recorder: StepRecorder? = nil, sharing: SharedSteps? = nil
  ) {
    self.network = network
    self.method = method
    self.optimizer = optimizer
    self.frozenPrecision = frozenPrecision
    self.clipNorm = clipNorm
    self.mixing = mixing
    self.seed = seed
    self.recorder = recorder
    self.sharing = sharing
  }

  /// Takes one step on loss = task loss + Σ weight · term.
  /// - Throws: `TrainingError.lossNotFinite` or `.gradientNotFinite`, with the parameters as they were before the step.
  public func step(
    _ input: Input, iteration: Int, learningRate: Double
  ) throws -> StepLosses {
    try step(
      input, iteration: iteration, learningRate: learningRate,
      share: sharing?.share(of: input, for: network))
  }

  /// The same with this process's share of the batch, where several processes share it.
  func step(
    _ input: Input, iteration: Int, learningRate: Double, share: SharedSteps.Share?
  ) throws -> StepLosses {
    // Step 2 of §3.
    try method.begin(iteration: iteration)
    let (losses, kept) =
      try sharedPasses(input, iteration, share) ?? ownPasses(input, iteration)
    var gradientNorm = 0.0
    try method.update(network, keeping: kept) {
      gradientNorm = try clipGradients(iteration)
      try optimizer.step(learningRate: learningRate)
    }
    try optimizer.clearGradients()
    return losses.adding([("gradient_norm", gradientNorm)])
  }

  /// Scales gradients down to the largest norm that is allowed, where one is set; their norm before.
  private func clipGradients(_ iteration: Int) throws -> Double {
    let norm = try GradientClipping.clip(gradientsOf: optimizer.parameters, to: clipNorm)
    guard norm.isFinite else {
      try optimizer.clearGradients()
      throw TrainingError.gradientNotFinite(iteration: iteration)
    }
    return norm
  }

  /// Steps 1 and 3 to 7 up to the gradients, which are left with the parameters: the losses, and what the method keeps.
  private func ownPasses(_ input: Input, _ iteration: Int) throws -> (StepLosses, kept: [Tensor]) {
    let passes = { input in
      let (loss, tensors) = try self.loss(input, iteration)
      try loss.backward()
      return tensors
    }
    let tensors = try recorder?.run(input, optimizer.parameters, passes) ?? passes(input)
    let losses = try tensors.losses()
    try requireFinite(losses, iteration)
    return (losses, tensors.kept)
  }

  /// The same of the images of all processes, of which `input` has some; nil where there is only this process.
  private func sharedPasses(
    _ input: Input, _ iteration: Int, _ share: SharedSteps.Share?
  ) throws -> (StepLosses, kept: [Tensor])? {
    guard let sharing, let share else { return nil }
    let tensors = try sharing.explaining {
      let (loss, tensors) = try loss(input, iteration, share)
      try sharing.backward(loss, share)
      return tensors
    }
    let (losses, ranks) = try sharing.losses(of: tensors, share)
    try requireFinite(losses, iteration, ranks)
    return (losses, try sharing.gathered(tensors.kept, share))
  }

  /// - Parameter ranks: the processes whose losses are not finite, where there are several processes.
  private func requireFinite(
    _ losses: StepLosses, _ iteration: Int, _ ranks: [Int] = []
  ) throws {
    guard !losses.total.isFinite else { return }
    try optimizer.clearGradients()
    let place =
      ranks.isEmpty
      ? "" : ", on rank \(ranks.map(String.init).joined(separator: ", "))"
    throw TrainingError.lossNotFinite(iteration: iteration, terms: losses.summary + place)
  }

  /// The loss with its graph, and the values of its parts.
  private func loss(
    _ input: Input, _ iteration: Int, _ share: SharedSteps.Share? = nil
  ) throws -> (Tensor, StepTensors) {
    var draws = AddressedGenerator(seed: seed, for: .networkStep(iteration: iteration))
    let mode = NetworkMode.training(seed: draws.next(), share: share?.batch)
    let (mixingSeed, methodSeed) = (draws.next(), draws.next())
    // Step 1; steps 3 to 6 are the method's.
    let step = TrainingStep(
      student: network, query: input.query, key: input.key, styled: input.styled,
      labels: input.labels, domains: input.domains, frozenPrecision: frozenPrecision, mode: mode,
      seed: methodSeed, labelFactor: share?.labelFactor ?? 1,
      output: try pass(on: input.query, mode, seed: mixingSeed))
    let terms = try method.terms(of: step)
    let logits = try network.fullSize(step.output.logits, for: input.labels)
    let taskLoss = try step.taskLoss(logits)
    // Step 7.
    let loss = try terms.losses.reduce(taskLoss) { sum, term in
      try sum + term.value * term.weight
    }
    let accuracy = try withoutGradients {
      try network.accuracy(logits, labels: input.labels)
    }
    return (loss, try StepTensors(total: loss, task: taskLoss, accuracy: accuracy, terms))
  }

  /// Step 1, the student's pass on x_q.
  private func pass(on query: Tensor, _ mode: NetworkMode, seed: UInt64) throws -> TaskOutput {
    let pass = { try network(query, stages: method.stages, mode: mode) }
    return try mixing?.applied(to: network.backbone, seed: seed, share: mode.share, pass) ?? pass()
  }
}
