import Backbones
import Torch
import TorchNN

/// Contrastive Syn-to-Real Generalization (Chen et al., ICLR 2021): for each stage, an InfoNCE loss pulls the
/// student's features towards the frozen ImageNet teacher's features of the same image, and pushes them away
/// from those of other images.
public final class CSG: Method {
  private let configuration: CSGConfiguration
  private let teacher: FrozenTeacher
  private let parts: [CSGStage]

  /// The stages that get a loss, 𝒢.
  public var stages: Set<Stage> { Set(configuration.stages) }
  /// Two augmentations of each image.
  public let usesKeyView = true
  /// The projection heads h, unless frozen.
  public var trainedTensors: [NamedTensor] { parts.flatMap(\.trainedTensors) }

  /// CSG with the teacher `teacher`, f_e,o, which is frozen here for good.
  ///
  /// - Parameters:
  ///   - generator: a generator of the CPU, so that a run starts the same on every device.
  ///   - device: where the student is.
  public init(
    _ configuration: CSGConfiguration, teacher: any Backbone, generator: Generator, device: Device
  ) throws {
    self.configuration = configuration
    self.teacher = try FrozenTeacher(teacher, on: device)
    parts = try configuration.stages.map { stage in
      let part = try CSGStage(
        stage, channels: teacher.channels[stage] ?? 0, configuration: configuration,
        generator: generator)
      try part.move(to: device)
      return part
    }
  }

  /// Step 2 of Algorithm.md §3: h̃ ← m·h̃ + (1 − m)·h, before the keys are computed.
  public func begin(iteration: Int) throws {
    for part in parts {
      try configuration.average.update(
        part.keyHead, towards: part.queryHead, iteration: iteration)
    }
  }

  /// Steps 3 to 6; the trainer does steps 1 and 7.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    var terms = MethodTerms()
    let keysOfStages = try Branch(on: branchDevice(step)) { try keys(of: step) }
    let queryMaps = try step.output.features
    for (part, keys) in zip(parts, try keysOfStages.joined()) {
      let query = try queries(part, queryMaps)
      let contrast = try InfoNCE(
        queries: query, keys: keys, negatives: part.queue.keys,
        temperature: configuration.temperature)
      terms.kept.append(keys)
      terms.losses.append(
        .init(name: "nce_\(part.stage)", value: contrast.loss, weight: configuration.lambda))
      terms.figures.append(("nce_top1_\(part.stage)", contrast.top1))
    }
    return terms
  }

  /// The end of step 6, after the logits: a key is never its own negative.
  public func update(
    _ student: any TaskNetwork, keeping keys: [Tensor], by step: () throws -> Void
  ) throws {
    for (part, keys) in zip(parts, keys) { try part.queue.enqueue(keys) }
    try step()
  }

  // Step 3: the student's maps of x_k, which only the attention needs; if x_k = x_q, they are those of step 1.
  private func studentMapsOfKey(_ step: TrainingStep) throws -> FeatureMaps {
    guard let key = step.key else { return try step.output.features }
    return try withoutGradients {
      try step.student.backbone.features(of: key, stages: stages, in: step.frozenPrecision)
    }
  }

  // Step 4: the teacher's maps of x_k.
  private func teacherMapsOfKey(_ step: TrainingStep) throws -> FeatureMaps {
    try teacher.maps(
      of: step.key ?? step.query, stages: stages, in: step.frozenPrecision)
  }

  // Steps 3 to 5: z_k of each stage. All passes without gradients come before the student's pass on x_q: so their maps are
  // freed before those that the backward pass needs are kept. The teacher is first, since step 3 may be the pass on x_q.
  private func keys(of step: TrainingStep) throws -> [Tensor] {
    let teacher = try Branch(on: branchDevice(step)) { try teacherMapsOfKey(step) }
    let studentMaps = configuration.pooling == .attention ? try studentMapsOfKey(step) : nil
    let teacherMaps = try teacher.joined()
    return try parts.map {
      try keys($0, teacherMaps, attentionFrom: studentMaps ?? teacherMaps)
    }
  }

  // Where the passes of x_k are beside that of x_q: on its device, unless they include it.
  private func branchDevice(_ step: TrainingStep) -> Device {
    step.key == nil ? .cpu : step.query.device
  }

  // Step 5: z_q, with gradients, through the attention too.
  private func queries(_ part: CSGStage, _ maps: FeatureMaps) throws -> Tensor {
    let map = try maps[part.stage]
    return try part.queryHead(pooled(map, attentionFrom: map))
  }

  // Step 5: z_k, without gradients: the teacher's features under the student's attention.
  private func keys(
    _ part: CSGStage, _ maps: FeatureMaps, attentionFrom attentionMaps: FeatureMaps
  ) throws -> Tensor {
    try withoutGradients {
      try part.keyHead(
        pooled(maps[part.stage], attentionFrom: attentionMaps[part.stage]))
    }
  }

  /// The map's cells, each pooled by itself.
  private func pooled(_ map: Tensor, attentionFrom source: Tensor) throws(TorchError) -> Tensor {
    try FeatureGrid(configuration.grid)
      .pooled(map, attentionFrom: source, by: configuration.pooling)
  }

  /// Projection heads, queues and the teacher, under the interchange names.
  public func stateDict() throws -> StateDict {
    var state = teacher.stateDict()
    for part in parts { state.merge(try part.stateDict()) { $1 } }
    return state
  }

  /// Continues with the saved projection heads, queues and teacher.
  public func load(_ state: StateDict) throws {
    try teacher.load(state)
    for part in parts { try part.load(state) }
  }
}
