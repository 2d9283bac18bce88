import Backbones
import Generalization
import ReferenceSupport
import Torch
import TorchNN
import Training

extension SharedStepTests {
  struct Trained: Sendable {
    var losses: [[Double]] = []
    var weights: [String: [Float]] = [:]
  }

  private static let images = 7

  /// Trains from the weights that names give; in a group on a share of every batch.
  static func trained(
    _ example: Case, in group: ProcessGroup? = nil, on device: Device = .cpu,
    dropout: Double = 0.5, parts: Int = 1, iterations: Int = 20
  ) throws -> Trained {
    var network = try network(example, on: device, dropout: dropout)
    network.parts = parts
    let method = try example.method.makeMethod(
      MethodStart(
        student: network, seed: 1, generator: Generator(seed: 1), device: device,
        classNames: ["a", "b", "c", "d", "e"], batchesPerEpoch: 4, domainCount: 3,
        makeBackbone: { try backbone(example) }))
    try network.backbone.move(to: device)
    try network.head.move(to: device)
    try method.prepare(student: network) { try batch(0, example).query.moved(to: device) }
    if !method.trainsBackbone { try network.backbone.freeze() }
    network.backbone.recomputes = example.recomputes
    let optimizer = SGDConfiguration().makeOptimizer(
      backbone: network.backbone.namedParameters(),
      heads: network.headTensors + method.trainedTensors)
    let stepper = Stepper(
      network, method, optimizer, clipNorm: 10, mixing: example.mixing, seed: 5,
      sharing: group.map { SharedSteps(of: optimizer.parameters, with: $0) })
    var result = Trained()
    for iteration in 0..<iterations {
      var input = try batch(iteration, example)
      if let group { input = try share(of: input, for: group) }
      input = try moved(input, to: device)
      let losses = try stepper.step(
        input, iteration: iteration,
        learningRate: PolynomialSchedule(base: example.rate, warmup: 5).learningRate(
          at: iteration, of: iterations))
      // Without the figures: whether a key is the nearest may depend on the last digit.
      result.losses.append([losses.total, losses.task] + losses.terms.map(\.value))
    }
    for entry in network.namedTensors() where entry.tensor.dtype == .float32 {
      result.weights[entry.name] = try entry.tensor.detached().scalars()
    }
    for (name, tensor) in try method.stateDict() where name.hasPrefix("queue") {
      result.weights[name] = try tensor.converted(to: .float32).scalars()
    }
    return result
  }

  private static func backbone(_ example: Case) throws -> ResNet {
    try ResNet(
      .resnet18, outputStride: example.isDense ? 8 : 32, width: 4, imageNetClasses: 10)
  }

  private static func network(
    _ example: Case, on device: Device, dropout: Double
  ) throws -> any TaskNetwork {
    let weights = try example.weights.map { try Tensor($0).moved(to: device) }
    if example.isDense {
      var network = try ImageSegmenter(
        backbone: backbone(example), classes: 5, width: 8, dropout: dropout)
      network.classWeights = weights
      try Filling.fill(network.namedTensors())
      return network
    }
    var network = try ImageClassifier(backbone: backbone(example), classes: 5, hidden: 12)
    network.classWeights = weights
    try Filling.fill(network.namedTensors())
    return network
  }

  private static func batch(_ iteration: Int, _ example: Case) throws -> Stepper.Input {
    let name = "batch\(iteration)"
    let size = 32
    let (query, key) = try Filling.views(name, images, size: size)
    let styled = try Filling.views("\(name).styled", images, size: size)
    var labels = try Filling.labels("\(name).labels", images, classes: 5)
    if example.isDense {
      labels = try Filling.pixelLabels("\(name).labels", [images, size, size], classes: 5)
      // The first images are labelled less densely than the others.
      try labels.narrowed(0, 0..<2).narrowed(1, 4..<size).fillInPlace(255)
    }
    return Stepper.Input(
      query: query, key: key, styled: [styled.query, styled.key], labels: labels,
      domains: try Tensor([0, 1, 2, 0, 1, 0, 2] as [Int64]))
  }

  private static func moved(
    _ input: Stepper.Input, to device: Device
  ) throws -> Stepper.Input {
    Stepper.Input(
      query: try input.query.moved(to: device), key: try input.key?.moved(to: device),
      styled: try input.styled.map { try $0.moved(to: device) },
      labels: try input.labels.moved(to: device), domains: try input.domains?.moved(to: device))
  }

  private static func share(
    of input: Stepper.Input, for group: ProcessGroup
  ) throws -> Stepper.Input {
    let rows = group.rank * images / group.size..<(group.rank + 1) * images / group.size
    func own(_ tensor: Tensor) throws -> Tensor { try tensor.narrowed(0, rows).clone() }
    return Stepper.Input(
      query: try own(input.query), key: try input.key.map(own), styled: try input.styled.map(own),
      labels: try own(input.labels), domains: try input.domains.map(own))
  }
}
