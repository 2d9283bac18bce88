import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

@Suite struct StyleMixingTests {
  private static func draw(_ fixture: Fixture) throws -> StyleMixing.Draw {
    try StyleMixing.Draw(
      partners: fixture["styles.partners"].scalars(), lambda: fixture["styles.share"].scalars())
  }

  @Test(arguments: StyleMixing.Rule.allCases)
  func mapsAndGradientsAgreeWithPyTorch(rule: StyleMixing.Rule) throws {
    let (fixture, name) = (try Fixture("later"), rule.rawValue)
    let map = try fixture["\(name).x"].clone()
    try map.requireGradient()
    let mixed = try StyleMixing(rule).mixed(map, Self.draw(fixture))
    try fixture.expect("\(name).result", mixed, within: 1e-10)
    let weights = try Tensor.range(mixed.count, dtype: .float64).reshaped(mixed.shape)
    try (mixed * weights / Double(mixed.count)).sum().backward()
    try fixture.expect("\(name).gradient.x", #require(try map.gradient()), within: 1e-9)
  }

  /// Instance normalisation takes the style away: what is left is the same before and after.
  @Test(arguments: StyleMixing.Rule.allCases)
  func theContentStays(rule: StyleMixing.Rule) throws {
    let fixture = try Fixture("later")
    let map = try fixture["mixstyle.x"]
    let mixed = try StyleMixing(rule).mixed(map, Self.draw(fixture))
    func content(_ map: Tensor) throws -> Tensor {
      let centred = try map - map.mean([2, 3], keeping: true)
      return try centred / centred.power(2).mean([2, 3], keeping: true).squareRoot()
    }
    #expect(try (content(mixed) - content(map)).absolute().max().item() < 1e-4)
    #expect(try (mixed - map).absolute().max().item() > 0.01)
  }

  @Test func aPartnersStyleIsTakenWhole() throws {
    let map = try Fixture("later")["mixstyle.x"]
    let swapped = try StyleMixing(.permuted).mixed(
      map, .init(partners: [1, 0, 3, 2], lambda: [0, 0, 0, 0]))
    let mean = try map.mean([2, 3]).gathered(0, Tensor([1, 0, 3, 2] as [Int64]))
    #expect(try (swapped.mean([2, 3]) - mean).absolute().max().item() < 1e-12)
  }

  private static func network() throws -> ImageClassifier {
    let network = try ImageClassifier(
      backbone: ResNet(.resnet18, width: 4, imageNetClasses: 10), classes: 5, hidden: 8)
    try Filling.fill(network.namedTensors())
    return network
  }

  @Test func onlyTheChosenPassesAreMixed() throws {
    let network = try Self.network()
    let images = try Filling.views("batch0", 4, size: 64).query
    func logits() throws -> [Float] { try network(images).logits.detached().scalars() }
    func mixed(_ mixing: StyleMixing, seed: UInt64) throws -> [Float] {
      try mixing.applied(to: network.backbone, seed: seed) { try logits() }
    }
    let plain = try logits()
    var mixing = StyleMixing(.mixStyle)
    mixing.probability = 1
    let first = try mixed(mixing, seed: 1)
    #expect(first != plain)
    #expect(try mixed(mixing, seed: 1) == first)
    #expect(try mixed(mixing, seed: 2) != first)
    #expect(try logits() == plain)
    mixing.probability = 0
    #expect(try mixed(mixing, seed: 1) == plain)
    mixing.probability = 1
    mixing.stages = []
    #expect(try mixed(mixing, seed: 1) == plain)
  }

  @Test func aNetworkWithoutMapsOnTheWayIsRefused() throws {
    let network = try VisionTransformer(
      .init(width: 16, depth: 4, heads: 2), family: .dinov2, patch: 4, imageSize: 16)
    #expect(throws: BackboneError.noMapsToChange) {
      try StyleMixing(.mixStyle).applied(to: network, seed: 1) {}
    }
  }
}
