import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Networks that take a batch in parts, against the same networks that take it whole.
@Suite struct DividedPassTests {
  private static let images = 5

  @Test(arguments: RecomputedPassTests.Network.allCases)
  func mapsAndGradientsAreThoseOfTheWholeBatch(kind: RecomputedPassTests.Network) throws {
    let network = try kind.network()
    try Filling.fill(network.namedTensors(), in: .float64)
    let stages: Set<Stage> = [.layer3, .layer4]
    let whole = try pass(network, stages)
    #expect(whole.gradients.count > 40)
    // Parts of two and two and one, and more parts than images; parts of three and two that are recomputed.
    for parts in [3, 7] {
      try pass(network, stages, parts: parts).expect(whole, within: 1e-10)
    }
    try pass(network, stages, parts: 2, recomputes: true).expect(whole, within: 1e-10)
  }

  @Test(arguments: [RecomputedPassTests.Network.bottlenecks, .visionTransformer, .convNeXt])
  func bfloat16RoundsAsInTheWholeBatch(kind: RecomputedPassTests.Network) throws {
    var network = try kind.network()
    try Filling.fill(network.namedTensors())
    network.precision = .bfloat16
    let whole = try pass(network, [.layer4])
    // The gradients of weights are rounded once for each part instead of once.
    try pass(network, [.layer4], parts: 3).expect(whole, within: 0.05)
  }

  @Test func noMoreThanAPartIsKeptForTheBackwardPass() throws {
    let log = Log()
    var network = try ImageClassifier(backbone: LoggingBackbone(log), classes: 5, hidden: 8)
    network.parts = 3
    let (images, _) = try Filling.views("images", Self.images, size: 32)
    let loss = try network(images).logits.sum()
    #expect(log.passes == ["2", "2", "1 with gradients"])
    try loss.backward()
    // The last part needs no second pass; the backward pass begins with it.
    #expect(log.passes.dropFirst(3) == ["2 with gradients", "2 with gradients"])
    log.passes = []
    _ = try withoutGradients { try network(images) }
    #expect(log.passes == ["5"])
  }

  private func pass(
    _ network: any TaskNetwork, _ stages: Set<Stage>, parts: Int = 1, recomputes: Bool = false
  ) throws -> ComparedPass {
    var network = network
    network.parts = parts
    network.backbone.recomputes = recomputes
    let (images, _) = try Filling.views("images", Self.images, size: 32)
    let dtype = try #require(network.namedTensors().first).tensor.dtype
    let output = try network(images.converted(to: dtype), stages: stages)
    // Not a mean over images: whatever the loss does with a batch, it sees the whole of it.
    var loss = try (output.logits - output.logits.mean([0], keeping: true)).power(2).sum()
    for stage in stages.sorted() {
      loss = try loss + output.features[stage].power(2).mean().squareRoot()
    }
    return try ComparedPass(output.features, loss: loss, tensors: network.namedTensors())
  }
}

/// The numbers of images of passes, in the order in which they began.
private final class Log {
  var passes: [String] = []
}

/// A small ResNet that notes its passes.
private final class LoggingBackbone: Backbone {
  private let log: Log
  private let network: ResNet

  var channels: [Stage: Int] { network.channels }
  var pixelScaling: PixelScaling { network.pixelScaling }
  var imageNetClassifier: Linear? { network.imageNetClassifier }
  var recomputes = false

  init(_ log: Log) throws {
    self.log = log
    network = try ResNet(.resnet18, width: 4, imageNetClasses: 10)
    try Filling.fill(network)
  }

  func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
    log.passes.append("\(images.shape[0])" + (recordsGradients ? " with gradients" : ""))
    return try network.features(of: images, stages: stages)
  }
}
