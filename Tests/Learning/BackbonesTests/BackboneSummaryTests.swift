import Backbones
import Foundation
import Testing
import Torch

/// What `syn2real models` says, against the networks themselves.
@Suite struct BackboneSummaryTests {
  @Test(arguments: [BackboneDefinition.resnet18, .resnet50, .efficientNetLite0, .efficientNetLite2])
  func stagesHaveTheChannelsAndStridesOfTheMaps(name: BackboneDefinition) throws {
    let summary = try BackboneSummary(of: name)
    let network = try name.make()
    let maps = try withoutGradients {
      try network.features(of: .zeros([1, 3, 64, 64]), stages: Set(Stage.allCases))
    }
    #expect(summary.stages.map(\.name) == ["stem", "layer1", "layer2", "layer3", "layer4"])
    for (stage, said) in zip(Stage.allCases, summary.stages) {
      let side = 64 / said.stride
      #expect(try maps[stage].shape == [1, said.channels, side, side], "\(stage)")
    }
    #expect(summary.parameters == network.parameterCount)
  }

  @Test func jsonSaysNullForWeightsThatAreNotFound() throws {
    let data = try JSONEncoder().encode(BackboneSummary(of: .resnet34))
    let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["name"] as? String == "resnet34")
    #expect(object["parameters"] as? Int == 21_797_672)
    #expect(object["weights_file"] as? String == "resnet34-b627a593.pth")
    #expect(object.keys.contains("weights_path"))
  }
}
