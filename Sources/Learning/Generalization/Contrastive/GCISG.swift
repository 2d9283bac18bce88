import Backbones
import Torch
import TorchNN

/// Guided causal invariant learning (GCISG; Nam et al., ECCV 2022): two views of an image are to be alike in how near they are to
/// other images, and the student's attended features stay near the frozen ImageNet teacher's.
///
/// For each stage, the term of invariance is −Σ softmax(k·Q/τ_k)·log softmax(q·Q/τ_q), averaged over the batch, with the queue Q
/// of earlier keys, q of the student and x_q, and k of a moving average of the student and x_k. The term of guidance is
/// ‖norm(A-pool(v)) − norm(A-pool(u))‖, the Frobenius norm over the batch, of the maps v of the student and u of the teacher, both
/// of x_q and each under its own attention; it is 0 at the teacher's weights.
public final class GCISG: Method {
  private static let average = "average_student."

  private let configuration: GCISGConfiguration
  private let student: any Backbone
  /// The moving average of the student's backbone, which sees x_k.
  private let momentum: any Backbone
  private let teacher: FrozenTeacher
  private let parts: [CSGStage]

  /// The stages that get both terms.
  public var stages: Set<Stage> { Set(configuration.stages) }
  /// Two augmentations of each image.
  public let usesKeyView = true
  /// True: the averaged student is another one in every step.
  public let changesInSteps = true
  /// The projection heads of the student.
  public var trainedTensors: [NamedTensor] { parts.flatMap(\.trainedTensors) }

  /// GCISG of `student`.
  /// - Parameters:
  ///   - teacher: the ImageNet network, which is frozen here for good.
  ///   - momentum: another network with the student's first weights, which becomes the moving average.
  ///   - generator: a generator of the CPU, so that a run starts the same on every device.
  ///   - device: where the student is.
  /// - Throws: `MethodError.adaptedStudent` where `momentum` has not the same parameters.
  public init(
    _ configuration: GCISGConfiguration, student: any Backbone, teacher: any Backbone,
    momentum: any Backbone, generator: Generator, device: Device
  ) throws {
    guard student.namedParameters().map(\.name) == momentum.namedParameters().map(\.name) else {
      throw MethodError.adaptedStudent
    }
    self.configuration = configuration
    self.student = student
    self.momentum = momentum
    self.teacher = try FrozenTeacher(teacher, on: device)
    let heads = CSGConfiguration(
      queueCapacity: configuration.queueCapacity, dimension: configuration.dimension)
    parts = try configuration.stages.map { stage in
      let part = try CSGStage(
        stage, channels: student.channels[stage] ?? 0, configuration: heads, generator: generator)
      try part.move(to: device)
      return part
    }
    try momentum.move(to: device)
    try momentum.freeze()
  }

  /// The moving averages of backbone and heads take a step towards the student.
  public func begin(iteration: Int) throws {
    let average = MovingAverage(momentum: configuration.momentum)
    try average.update(momentum, towards: student, iteration: iteration)
    for part in parts {
      try average.update(part.keyHead, towards: part.queryHead, iteration: iteration)
    }
  }

  /// Both terms of each stage. As in CSG, the passes without gradients come first.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    let keys = try withoutGradients {
      let maps = try momentum.features(
        of: step.key ?? step.query, stages: stages, in: step.frozenPrecision)
      return try parts.map { try $0.keyHead(Self.pooled(maps[$0.stage])) }
    }
    let guides = try withoutGradients {
      let maps = try teacher.maps(of: step, stages: stages)
      return try parts.map { try Self.pooled(maps[$0.stage]).normalized(1) }
    }
    var terms = MethodTerms()
    terms.kept = keys
    let maps = try step.output.features
    let share = step.mode.share
    // The queue changes in place before the backward pass: so each term has a copy.
    for (part, (key, guide)) in zip(parts, zip(keys, guides)) {
      let pooled = try Self.pooled(maps[part.stage])
      let invariance = try configuration.invariance(
        of: part.queryHead(pooled), from: key, among: part.queue.keys.clone())
      // Below 10⁻⁶, as at the start of a run, rounding decides the direction: there is no gradient.
      let distance = try (pooled.normalized(1) - guide).power(2).sum()
      let guidance = try (share.map { try distance.summed(over: $0.group) } ?? distance)
        .clamped(min: 1e-12).squareRoot()
      terms.losses += [
        .init(
          name: "invariance_\(part.stage)", value: invariance, weight: configuration.invariance),
        .init(name: "guidance_\(part.stage)", value: guidance, weight: configuration.guidance),
      ]
    }
    return terms
  }

  /// The keys enter the queues after the terms: none is among the images that it is compared with.
  public func update(
    _ student: any TaskNetwork, keeping keys: [Tensor], by step: () throws -> Void
  ) throws {
    for (part, keys) in zip(parts, keys) { try part.queue.enqueue(keys) }
    try step()
  }

  private static func pooled(_ map: Tensor) throws -> Tensor {
    try Pooling.attention(map, attentionFrom: map)
  }

  /// Projection heads, queues and the teacher under the interchange names, and the averaged backbone.
  public func stateDict() throws -> StateDict {
    var state = teacher.stateDict()
    for part in parts { state.merge(try part.stateDict()) { $1 } }
    state.merge(momentum.stateDict().prefixed(Self.average)) { $1 }
    return state
  }

  /// Continues with the saved networks, heads and queues.
  public func load(_ state: StateDict) throws {
    try teacher.load(state)
    try momentum.load(state.below(Self.average))
    for part in parts { try part.load(state) }
  }
}
