import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN
import Training

/// One step of CSG, every number inside it, against plain PyTorch.
@Suite struct CSGStepTests {
  @Test(arguments: [("attention", Pooling.attention), ("average", .average)])
  func everyIntermediate(name: String, pooling: Pooling) throws {
    let fixture = try Fixture("csg-step/\(name)")
    let experiment = try makeExperiment(pooling)
    let start = try experiment.csg.stateDict()
    let (query, key) = try Filling.views("batch0", 4, size: 64)
    let stages: Set<Stage> = [.layer3, .layer4]
    let student = experiment.network.backbone
    let queryMaps = try student.features(of: query, stages: stages)
    let keyMaps = try student.features(of: key, stages: stages)
    let teacher = try ResNet(
      .resnet18, width: experiment.configuration.width, imageNetClasses: 10)
    try teacher.load(start.below("encoder_k."), allowsUnexpected: true)
    let teacherMaps = try teacher.features(of: key, stages: stages)
    for stage in stages.sorted() {
      let v = try queryMaps[stage]
      let w = try keyMaps[stage]
      let u = try teacherMaps[stage]
      try fixture.expect("\(stage).student_query", v)
      try fixture.expect("\(stage).teacher_key", u)
      if pooling == .attention {
        try fixture.expect("\(stage).student_key", w)
        let places = [4, v.shape[2], v.shape[3]]
        try fixture.expect(
          "\(stage).attention_query", attentionWeights(of: v).reshaped(places))
        try fixture.expect("\(stage).attention_key", attentionWeights(of: w).reshaped(places))
      }
      let pooledQuery = try pooling(v, attentionFrom: v)
      let pooledKey = try pooling(u, attentionFrom: w)
      try fixture.expect("\(stage).pooled_query", pooledQuery)
      try fixture.expect("\(stage).pooled_key", pooledKey)
      let queryHead = try head(stage, "encoder_q.", start, experiment)
      let keyHead = try head(stage, "encoder_k.", start, experiment)
      try MovingAverage(momentum: experiment.configuration.momentum)
        .update(keyHead, towards: queryHead, iteration: 0)
      let zQuery = try queryHead(pooledQuery)
      let zKey = try keyHead(pooledKey)
      try fixture.expect("\(stage).z_query", zQuery)
      try fixture.expect("\(stage).z_key", zKey)
      let contrast = try InfoNCE(
        queries: zQuery, keys: zKey,
        negatives: #require(start["queue\(stage.rawValue)"]),
        temperature: experiment.configuration.temperature)
      try fixture.expect("\(stage).logits", contrast.logits)
      try fixture.expect("\(stage).nce", contrast.loss)
    }
  }

  @Test(arguments: [
    ("attention", Pooling.attention, true), ("average", .average, true),
    ("single-view", .attention, false),
  ])
  func lossesGradientsAndTheStateAfter(
    name: String, pooling: Pooling, hasTwoViews: Bool
  ) throws {
    let fixture = try Fixture("csg-step/\(name)")
    let experiment = try makeExperiment(pooling)
    let (query, key) = try Filling.views("batch0", 4, size: 64)
    let labels = try Filling.labels(
      "batch0.labels", 4, classes: experiment.configuration.classes)
    try expectGradients(fixture, makeExperiment(pooling), query, hasTwoViews ? key : nil, labels)

    let losses = try Stepper(experiment.network, experiment.csg, experiment.optimizer).step(
      .init(query: query, key: hasTwoViews ? key : nil, labels: labels), iteration: 0,
      learningRate: experiment.configuration.lr)
    try expectRelative(losses.task, fixture["task.loss"].item(), 1e-5)
    try expectRelative(losses.total, fixture["loss"].item(), 1e-5)
    #expect(losses.terms.map(\.name) == ["nce_layer3", "nce_layer4"])
    for term in losses.terms {
      let stage = term.name.dropFirst("nce_".count)
      try expectRelative(term.value, fixture["\(stage).nce"].item(), 1e-5)
    }
    var compared = 0
    for (key, tensor) in try experiment.state() {
      let name = "after.\(key)"
      guard fixture.tensors[name] != nil || fixture.tensors["\(name).sample"] != nil else {
        continue
      }
      try fixture.expect(name, tensor)
      compared += 1
    }
    #expect(compared == fixture.tensors.keys.filter(isStateAfter).count)
  }

  /// Rebuilds a stage's head from the start state.
  private func head(
    _ stage: Stage, _ encoder: String, _ state: StateDict, _ experiment: ReferenceExperiment
  ) throws -> ProjectionHead {
    let channels = experiment.network.backbone.channels[stage] ?? 0
    let head = try ProjectionHead(channels, dimension: experiment.configuration.dimension)
    try head.load(state.below("\(encoder)fc_csg.stage\(stage.rawValue)."))
    return head
  }

  private func expectGradients(
    _ fixture: Fixture, _ experiment: ReferenceExperiment, _ query: Tensor, _ key: Tensor?,
    _ labels: Tensor
  ) throws {
    let output = try experiment.network(query, stages: experiment.csg.stages)
    try experiment.csg.begin(iteration: 0)
    let terms = try experiment.csg.terms(
      of: TrainingStep(
        student: experiment.network, query: query, key: key, labels: labels,
        output: output))
    let task = try experiment.network.loss(output.logits, labels: labels)
    try fixture.expect("task.logits", output.logits)
    try terms.losses.reduce(task) { try $0 + $1.value * $1.weight }.backward()
    let expected = fixture.tensors.keys.filter { $0.hasPrefix("gradient.") }
    let state = try experiment.state()
    #expect(expected.count > 60)
    for name in expected {
      let tensor = try #require(state[String(name.dropFirst("gradient.".count))])
      try fixture.expect(name, #require(try tensor.gradient(), "no \(name)"))
    }
    let trained = state.values.filter(\.requiresGradient)
    #expect(trained.count == expected.count)
  }

  private func makeExperiment(_ pooling: Pooling) throws -> ReferenceExperiment {
    try ReferenceExperiment(
      Fixture.json("csg-step/configuration", as: ReferenceExperiment.Configuration.self),
      pooling: pooling, headsAreEqual: false, position: 14)
  }

  private func isStateAfter(_ name: String) -> Bool {
    name.hasPrefix("after.") && !name.hasSuffix(".shape") && !name.hasSuffix(".statistics")
  }
}

/// |a − b| ≤ tolerance · |b|.
func expectRelative(
  _ a: Double, _ b: Double, _ tolerance: Double, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    abs(a - b) <= tolerance * abs(b), "\(what): \(a), not \(b)", sourceLocation: sourceLocation)
}
