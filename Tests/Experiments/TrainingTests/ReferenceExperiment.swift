import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN
import Training

/// The networks of the reference's CSG fixtures, with the weights that their names give.
struct ReferenceExperiment {
  struct Configuration: Decodable {
    let classes: Int
    let hidden: Int
    let dimension: Int
    let queue: Int
    let momentum: Double
    let weight: Double
    let width: Int
    let batch: Int
    let stages: [Int]
    let temperature: Double
    let lr: Double
    let backbone_rate: Double
    let sgd_momentum: Double
    let weight_decay: Double
  }

  let configuration: Configuration
  let network: ImageClassifier
  let csg: CSG
  let optimizer: SGD

  /// - Parameters:
  ///   - headsAreEqual: whether h̃ starts as h.
  ///   - position: where the queues start to be overwritten.
  ///   - device: where student, teacher, heads and queues are.
  init(
    _ configuration: Configuration, pooling: Pooling, headsAreEqual: Bool, position: Int = 0,
    dtype: DType = .float32, device: Device = .cpu
  ) throws {
    self.configuration = configuration
    network = try ImageClassifier(
      backbone: ResNet(.resnet18, width: configuration.width, imageNetClasses: 10),
      classes: configuration.classes, hidden: configuration.hidden)
    try Filling.fill(network.namedTensors().map { $0.prefixed("encoder_q.") })
    let teacher = try ResNet(.resnet18, width: configuration.width, imageNetClasses: 10)
    try Filling.fill(teacher, prefix: "encoder_k.")
    if dtype == .float64 {
      try Self.widen(network.namedTensors() + teacher.namedTensors())
    }
    csg = try CSG(
      CSGConfiguration(
        lambda: configuration.weight, stages: configuration.stages.compactMap(Stage.init),
        pooling: pooling, queueCapacity: configuration.queue,
        temperature: configuration.temperature,
        average: MovingAverage(momentum: configuration.momentum),
        dimension: configuration.dimension),
      teacher: teacher, generator: Generator(seed: 0), device: device)
    try network.backbone.move(to: device)
    try network.head.move(to: device)
    try csg.load(
      Self.csgState(csg, configuration, headsAreEqual: headsAreEqual, position: position))
    optimizer = SGD(
      [
        .init(
          network.backbone.namedParameters().map { $0.prefixed("encoder_q.") },
          rate: configuration.backbone_rate),
        .init(
          (network.headTensors + csg.trainedTensors).map { $0.prefixed("encoder_q.") }, rate: 1),
      ],
      momentum: configuration.sgd_momentum, weightDecay: configuration.weight_decay,
      form: .rateInside)
  }

  /// Everything by its interchange name.
  func state() throws -> StateDict {
    var state = try csg.stateDict()
    for entry in network.namedTensors() { state["encoder_q." + entry.name] = entry.tensor }
    for entry in csg.trainedTensors { state["encoder_q." + entry.name] = entry.tensor }
    return state
  }

  private static func csgState(
    _ csg: CSG, _ configuration: Configuration, headsAreEqual: Bool, position: Int
  ) throws -> StateDict {
    var state = try csg.stateDict()
    for (key, tensor) in state where key.contains("fc_csg") {
      let source = headsAreEqual ? "encoder_q." + key.dropFirst("encoder_k.".count) : key
      let filled = try tensor.clone().detached()
      try Filling.fill([NamedTensor(name: source, tensor: filled, isParameter: true)])
      state[key] = filled
    }
    for stage in configuration.stages {
      state["queue\(stage)"] = try Filling.queue(
        "queue\(stage)", configuration.dimension, configuration.queue)
      state["queue_ptr\(stage)"] = try Tensor([Int64(position)])
    }
    return state
  }

  private static func widen(_ tensors: [NamedTensor]) throws {
    for entry in tensors where entry.tensor.dtype == .float32 {
      try entry.tensor.replaceStorage(entry.tensor.detached().converted(to: .float64))
    }
  }
}
