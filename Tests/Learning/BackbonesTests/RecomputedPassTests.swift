import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Networks whose backward pass computes activations again, against the same networks that keep them.
@Suite struct RecomputedPassTests {
  /// Small networks with every kind of block, and how they are used.
  enum Network: String, CaseIterable {
    case basic, bottlenecks, dilated, ibnA, ibnB, efficientNetLite, dilatedEfficientNetLite
    case visionTransformer, convNeXt

    func backbone() throws -> any Backbone {
      switch self {
      case .basic: try ResNet(.resnet18, width: 8, imageNetClasses: 10)
      case .bottlenecks: try ResNet(.resnet50, width: 8, imageNetClasses: 10)
      case .dilated: try ResNet(.resnet50, outputStride: 8, width: 8, imageNetClasses: 10)
      case .ibnA: try ResNet(.resnet50, norms: .ibnA, width: 8, imageNetClasses: 10)
      case .ibnB: try ResNet(.resnet50, norms: .ibnB, width: 8, imageNetClasses: 10)
      case .efficientNetLite: try EfficientNetLite(.lite0)
      case .dilatedEfficientNetLite: try EfficientNetLite(.lite0, outputStride: 8)
      case .visionTransformer: try SmallTransformer.make(.dinov2Registers)
      case .convNeXt:
        try ConvNeXt(
          .init(widths: [8, 16, 24, 32], blockCounts: [1, 1, 2, 1]), imageNetClasses: 10)
      }
    }

    /// Classification, or segmentation where the network is dilated.
    func network() throws -> any TaskNetwork {
      switch self {
      case .dilated, .dilatedEfficientNetLite:
        try ImageSegmenter(backbone: backbone(), classes: 5, width: 8, dropout: 0)
      default: try ImageClassifier(backbone: backbone(), classes: 5, hidden: 16)
      }
    }
  }

  private struct Pass {
    let loss: Double
    let gradients: StateDict
    let maps: [Stage: Tensor]
  }

  @Test(arguments: Network.allCases)
  func everyNumberIsThatOfThePlainPass(kind: Network) throws {
    let network = try kind.network()
    try Filling.fill(network.namedTensors())
    let (plain, again) = try passes(network, [], .float32)
    #expect(again.gradients.count > 40)
    try expectEqual(again, plain, within: 0)
  }

  /// Maps that the loss looks at add up the same gradients in another order: float64 tells that from a mistake.
  @Test(arguments: Network.allCases)
  func mapsThatTheLossLooksAtToo(kind: Network) throws {
    let network = try kind.network()
    try Filling.fill(network.namedTensors())
    for entry in network.namedTensors() where entry.tensor.dtype == .float32 {
      try entry.tensor.replaceStorage(entry.tensor.detached().converted(to: .float64))
    }
    for stages: Set<Stage> in [[.layer3, .layer4], Set(Stage.allCases)] {
      let (plain, again) = try passes(network, stages, .float32)
      #expect(Set(again.maps.keys) == stages)
      try expectEqual(again, plain, within: 1e-10)
    }
  }

  @Test(arguments: [Network.basic, .ibnB, .efficientNetLite, .visionTransformer, .convNeXt])
  func theSameInBfloat16(kind: Network) throws {
    let network = try kind.network()
    try Filling.fill(network.namedTensors())
    let (plain, again) = try passes(network, [.layer4], .bfloat16)
    try expectEqual(again, plain, within: 0)
  }

  /// Twice through the same weights before one backward pass, as in domain randomisation.
  @Test func gradientsOfTwoPassesAddUp() throws {
    let network = try Network.bottlenecks.network()
    try Filling.fill(network.namedTensors())
    func gradients(recomputes: Bool) throws -> StateDict {
      network.backbone.recomputes = recomputes
      let (query, key) = try Filling.views("two", 2, size: 64)
      let logits = try [query, key].map { try network($0).logits.sum() }
      try (logits[0] + logits[1] * 2).backward()
      return try takeGradients(network)
    }
    let plain = try gradients(recomputes: false)
    let again = try gradients(recomputes: true)
    #expect(plain.count > 40)
    for (name, gradient) in plain {
      try expectClose(#require(again[name]), gradient, within: 1e-6, name)
    }
  }

  private func passes(
    _ network: any TaskNetwork, _ stages: Set<Stage>, _ precision: Precision
  ) throws -> (plain: Pass, again: Pass) {
    var network = network
    network.precision = precision
    func pass(recomputes: Bool) throws -> Pass {
      network.backbone.recomputes = recomputes
      let (images, _) = try Filling.views("images", 2, size: 64)
      let dtype = try #require(network.namedTensors().first).tensor.dtype
      let output = try network(images.converted(to: dtype), stages: stages)
      var loss = try (output.logits * output.logits).mean()
      for stage in stages.sorted() {
        loss = try loss + output.features[stage].power(2).mean()
      }
      try loss.backward()
      return Pass(
        loss: try loss.item(), gradients: try takeGradients(network),
        maps: output.features.stages)
    }
    return (try pass(recomputes: false), try pass(recomputes: true))
  }

  private func expectEqual(_ again: Pass, _ plain: Pass, within tolerance: Double) throws {
    #expect(plain.loss == again.loss)
    for (stage, map) in plain.maps {
      try expectClose(#require(again.maps[stage]), map, within: 0, "\(stage)")
    }
    #expect(Set(again.gradients.keys) == Set(plain.gradients.keys))
    for (name, gradient) in plain.gradients {
      let difference = try #require(again.gradients[name]) - gradient
      let error = try difference.absolute().max().item()
      // After an instance norm, only rounding is left of the gradient of what it subtracts.
      let largest = try max(gradient.absolute().max().item(), 1e-5)
      #expect(error <= tolerance * largest, "\(name): off by \(error) of \(largest)")
    }
  }

  private func takeGradients(_ network: any TaskNetwork) throws -> StateDict {
    var gradients: StateDict = [:]
    for entry in network.namedTensors() {
      guard let gradient = try entry.tensor.gradient() else { continue }
      gradients[entry.name] = gradient
      try entry.tensor.clearGradient()
    }
    return gradients
  }
}
