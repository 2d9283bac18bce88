import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// The weighted task losses are those of PyTorch's `CrossEntropyLoss(weight=…)`.
@Suite struct ClassWeightsTests {
  private let fixture: Fixture

  init() throws {
    fixture = try Fixture("options")
  }

  private func classifier() throws -> ImageClassifier {
    try ImageClassifier(
      backbone: ResNet(.resnet18, width: 4, imageNetClasses: 4), classes: 5, hidden: 4)
  }

  private func segmenter() throws -> ImageSegmenter {
    try ImageSegmenter(
      backbone: ResNet(.resnet18, outputStride: 8, width: 4, imageNetClasses: 4), classes: 5,
      width: 4)
  }

  @Test func imagesAreWeightedByTheirClass() throws {
    var network = try classifier()
    network.classWeights = try fixture["weights.weights"]
    let logits = try fixture["weights.logits"].clone()
    try logits.requireGradient()
    let loss = try network.loss(logits, labels: fixture["weights.labels"])
    try fixture.expect("weights.loss", loss, within: 1e-6)
    try loss.backward()
    try fixture.expect("weights.gradient", #require(try logits.gradient()), within: 1e-6)
  }

  @Test func imagesOfClassesWithoutWeightHaveNoLoss() throws {
    var network = try classifier()
    network.classWeights = try Tensor([0, 0, 1, 1, 1] as [Float])
    let logits = try fixture["weights.logits"].clone()
    try logits.requireGradient()
    let labels = try Tensor((0..<logits.shape[0]).map { Int64($0 % 2) })
    let loss = try network.loss(logits, labels: labels)
    #expect(try loss.item() == 0)
    try loss.backward()
    #expect(try #require(try logits.gradient()).absolute().max().item() == 0)
  }

  @Test func pixelsAreWeightedByTheirClass() throws {
    var network = try segmenter()
    network.classWeights = try fixture["weights.weights"]
    let logits = try fixture["weights.coarse"].clone()
    try logits.requireGradient()
    let loss = try network.loss(logits, labels: fixture["weights.pixels"])
    try fixture.expect("weights.dense_loss", loss, within: 1e-6)
    try loss.backward()
    try fixture.expect("weights.dense_gradient", #require(try logits.gradient()), within: 2e-6)
  }

  @Test func sceneWithoutLabelsHasNoLoss() throws {
    var network = try segmenter()
    network.classWeights = try fixture["weights.weights"]
    let logits = try fixture["weights.coarse"].clone()
    try logits.requireGradient()
    let labels = try Tensor.full([2, 9, 13], 255, dtype: .int64)
    let loss = try network.loss(logits, labels: labels)
    #expect(try loss.item() == 0)
    try loss.backward()
    #expect(try #require(try logits.gradient()).absolute().max().item() == 0)
  }

  /// Weights that are all the same change nothing but rounding.
  @Test func equalWeightsAreNone() throws {
    var network = try segmenter()
    let (logits, labels) = (try fixture["weights.coarse"], try fixture["weights.pixels"])
    let plain = try network.loss(logits, labels: labels)
    network.classWeights = try Tensor.full([5], 0.01)
    try expectClose(network.loss(logits, labels: labels), plain, within: 1e-6)
  }
}
