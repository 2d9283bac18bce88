import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Passes whose maps are changed on their way.
@Suite struct MapChangeTests {
  enum Network: CaseIterable {
    case resNet, efficientNetLite, convNeXt

    func make() throws -> any Backbone {
      let backbone: any Backbone =
        switch self {
        case .resNet: try ResNet(.resnet18, width: 4, imageNetClasses: 10)
        case .efficientNetLite: try EfficientNetLite(.lite0)
        case .convNeXt:
          try ConvNeXt(
            .init(widths: [8, 16, 24, 32], blockCounts: [1, 1, 2, 1]), imageNetClasses: 10)
        }
      try Filling.fill(backbone.namedTensors())
      return backbone
    }
  }

  private static func images() throws -> Tensor { try Filling.views("batch0", 2, size: 64).query }

  /// Every stage's map goes through the change once, in order, in the size that a loss sees; the same number comes out.
  @Test(arguments: Network.allCases, [false, true])
  func maps(kind: Network, recomputes: Bool) throws {
    let images = try Self.images()
    let backbone = try kind.make()
    backbone.recomputes = recomputes
    let plain = try backbone.features(of: images, stages: Set(Stage.allCases))
    var seen: [Stage] = []
    let same = try backbone.changingMaps(by: { map, stage in
      seen.append(stage)
      let expected = try plain[stage].shape
      #expect(map.shape == expected)
      return map
    }) { try backbone.features(of: images, stages: []) }
    #expect(seen == Stage.allCases)
    #expect(try same.last.detached().scalars(Float.self) == plain.last.detached().scalars())
  }

  /// What is changed is what the later stages, and a loss, see; its gradient is that of the plain pass through it.
  @Test(arguments: Network.allCases, [Stage.stem, .layer2, .layer4])
  func changes(kind: Network, changed: Stage) throws {
    let images = try Self.images()
    let backbone = try kind.make()
    let plain = try backbone.features(of: images, stages: Set(Stage.allCases))
    let maps = try backbone.changingMaps(by: { try $1 == changed ? $0 * 2 : $0 }) {
      try backbone.features(of: images, stages: Set(Stage.allCases))
    }
    for stage in Stage.allCases {
      let difference = try (maps[stage] - plain[stage]).absolute().max().item()
      #expect((difference == 0) == (stage < changed), "\(stage)")
    }
    #expect(try (maps[changed] - plain[changed] * 2).absolute().max().item() == 0)
  }

  @Test func theChangeEndsWithItsPassesEvenIfTheyFail() throws {
    let images = try Self.images()
    let backbone = try Network.resNet.make()
    let plain: [Float] = try backbone.features(of: images, stages: []).last.detached().scalars()
    #expect(throws: BackboneError.noMap(.stem, kept: [])) {
      try backbone.changingMaps(by: { _, stage in throw BackboneError.noMap(stage, kept: []) }) {
        try backbone.features(of: images, stages: [])
      }
    }
    #expect(try backbone.features(of: images, stages: []).last.detached().scalars() == plain)
  }
}
