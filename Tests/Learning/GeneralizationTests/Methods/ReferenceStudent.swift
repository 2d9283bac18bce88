import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// The networks and images of the fixture `methods`, in float64, in which rounding hides nothing.
struct ReferenceStudent {
  /// The parameters with gradients in the fixture.
  static let watched = [
    "conv1.weight", "bn1.bias", "layer2.0.downsample.0.weight", "layer4.1.conv2.weight",
  ]

  let network: ImageClassifier

  /// A student that is filled by its keys below `prefix`.
  init(filledAs prefix: String = "encoder_q.") throws {
    network = try ImageClassifier(
      backbone: ResNet(.resnet18, width: 4, imageNetClasses: 10), classes: 5, hidden: 24)
    try fill(as: prefix)
  }

  func fill(as prefix: String) throws {
    try Filling.fill(
      network.namedTensors().map {
        NamedTensor(
          name: prefix + $0.name, tensor: try Self.narrow($0.tensor), isParameter: $0.isParameter)
      })
    for entry in network.namedTensors() where entry.tensor.dtype == .float32 {
      try entry.tensor.replaceStorage(entry.tensor.detached().converted(to: .float64))
    }
  }

  static func teacher() throws -> any Backbone {
    try ReferenceStudent(filledAs: "encoder_k.").network.backbone
  }

  static func views(_ batch: Int = 0) throws -> (query: Tensor, key: Tensor, labels: Tensor) {
    let (query, key) = try Filling.views("batch\(batch)", 4, size: 64)
    return (
      try query.converted(to: .float64), try key.converted(to: .float64),
      try Filling.labels("batch\(batch).labels", 4, classes: 5)
    )
  }

  /// The terms of `method` on the first views.
  func terms(
    of method: any Method, styled: [Tensor] = [], iteration: Int = 0, usesKeyView: Bool = false
  ) throws -> MethodTerms {
    let (query, key, labels) = try Self.views(iteration)
    try method.begin(iteration: iteration)
    return try method.terms(
      of: TrainingStep(
        student: network, query: query, key: usesKeyView ? key : nil, styled: styled,
        labels: labels, output: network(query, stages: method.stages)))
  }

  /// Compares value and gradients of one term with the entry `name` of the fixture.
  func expect(
    _ term: MethodTerms.LossTerm, as name: String, in fixture: Fixture,
    within tolerance: Double = 1e-9, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try fixture.expect(
      "\(name).value", term.value, within: tolerance, sourceLocation: sourceLocation)
    let parameters = network.backbone.namedParameters()
    for parameter in parameters { try parameter.tensor.clearGradient() }
    try term.value.backward()
    for parameter in parameters where Self.watched.contains(parameter.name) {
      // What lies above a stage has no part in its term.
      if try parameter.tensor.gradient() == nil,
        fixture.tensors["\(name).gradient.\(parameter.name).sample"] == nil
      {
        continue
      }
      try fixture.expect(
        "\(name).gradient.\(parameter.name)", #require(try parameter.tensor.gradient()),
        within: tolerance, sourceLocation: sourceLocation)
    }
  }

  /// Filling writes only float32 numbers.
  private static func narrow(_ tensor: Tensor) throws -> Tensor {
    if tensor.dtype == .float64 {
      try tensor.replaceStorage(tensor.detached().converted(to: .float32))
    }
    return tensor
  }
}
