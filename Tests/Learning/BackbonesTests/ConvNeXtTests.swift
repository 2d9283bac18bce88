import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

@Suite struct ConvNeXtTests {
  private static let small = ConvNeXtVariant(
    widths: [8, 16, 24, 32], blockCounts: [2, 2, 2, 2])

  @Test(arguments: [[64, 64], [96, 65]])
  func everyStageIsTorchvisions(size: [Int]) throws {
    let network = try ConvNeXt(Self.small, imageNetClasses: 10)
    try network.load(PublishedState.filled("convnext"))
    let fixture = try Fixture("transformers/convnext-\(size[0])x\(size[1])")
    let images = try Filling.uniform("input", [2, 3] + size, -2, 2)
    try withoutGradients {
      try fixture.expectStages(of: network, on: images)
      try fixture.expect("outputs", network.imageNetLogits(of: images))
    }
  }

  @Test(arguments: [
    (BackboneDefinition.convNeXtTiny, 28_589_128), (.convNeXtSmall, 50_223_688),
    (.convNeXtBase, 88_591_464),
  ])
  func parameterCounts(name: BackboneDefinition, expected: Int) throws {
    #expect(try name.make().parameterCount == expected)
  }

  @Test func publishedKeysFit() throws {
    struct Published: Decodable {
      let keys: [String: [Int]]
    }
    let all = try Fixture.json("transformers/published-keys", as: [String: Published].self)
    let published = try #require(all["convnext-tiny"]).keys
    let own = try BackboneDefinition.convNeXtTiny.make().stateDict().mapValues(\.shape)
    for (key, shape) in published { #expect(own[key] == shape, "\(key)") }
    #expect(own["features.5.8.block.5.bias"] == [384])
    #expect(published.count > 80 && own.count > published.count)
  }

  /// Every fourth place of the fine map is one of the coarse map.
  @Test func outputStride8KeepsTheReceptiveField() throws {
    let variant = ConvNeXtVariant(widths: [8, 16, 24, 32], blockCounts: [1, 1, 0, 0])
    let coarse = try ConvNeXt(variant, imageNetClasses: 10)
    try Filling.fill(coarse)
    let fine = try ConvNeXt(variant, outputStride: 8, imageNetClasses: 10)
    try fine.load(coarse.stateDict())
    let images = try Filling.uniform("input", [1, 3, 96, 96], -2, 2)
    let (small, large) = try withoutGradients {
      (
        try coarse.features(of: images, stages: []).last,
        try fine.features(of: images, stages: []).last
      )
    }
    #expect(small.shape == [1, 32, 3, 3] && large.shape == [1, 32, 12, 12])
    // The last reduction has a zero before the first place, so that place m of the coarse map is place 4m + 1 of the fine one.
    let places = try Tensor([Int64(1), 5, 9])
    try expectClose(large.gathered(2, places).gathered(3, places), small, within: 1e-5)
  }
}
