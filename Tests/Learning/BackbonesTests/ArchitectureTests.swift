import Backbones
import Testing
import Torch
import TorchNN

/// The published architectures, recognised by their counts and keys.
@Suite struct ArchitectureTests {
  @Test(arguments: [
    (BackboneDefinition.resnet18, 11_689_512), (.resnet34, 21_797_672), (.resnet50, 25_557_032),
    (.resnet101, 44_549_160), (.resnet152, 60_192_808), (.efficientNetLite0, 4_652_008),
    (.efficientNetLite1, 5_416_680), (.efficientNetLite2, 6_092_072),
  ])
  func parameterCounts(name: BackboneDefinition, expected: Int) throws {
    #expect(try name.make().parameterCount == expected)
  }

  @Test func keysAreTorchvisions() throws {
    let keys = Set(try ResNet(.resnet50).stateDict().keys)
    for key in [
      "conv1.weight", "bn1.running_mean", "bn1.num_batches_tracked", "layer1.0.downsample.0.weight",
      "layer1.0.downsample.1.running_var", "layer3.5.conv3.weight", "layer4.2.bn3.bias",
      "fc.weight",
      "fc.bias",
    ] {
      #expect(keys.contains(key), "\(key)")
    }
    #expect(keys.count == 320)
  }

  /// Lite1 is deeper than Lite0; Lite2 is also wider, except stem and head.
  @Test(arguments: [
    (EfficientNetLiteVariant.lite0, [32, 144, 240, 672, 1280], 16),
    (.lite1, [32, 144, 240, 672, 1280], 21), (.lite2, [32, 144, 288, 720, 1280], 21),
  ])
  func channelsAndBlocksOfEfficientNetLite(
    variant: EfficientNetLiteVariant, channels: [Int], blocks: Int
  ) throws {
    let network = try EfficientNetLite(variant)
    #expect(Stage.allCases.map { network.channels[$0] } == channels)
    let depthwise = network.namedTensors().filter { $0.name.hasSuffix("_depthwise_conv.weight") }
    #expect(depthwise.count == blocks)
  }

  @Test func imageNetClassifierIsFrozen() throws {
    for name in [BackboneDefinition.resnet18, .efficientNetLite0] {
      let network = try name.make()
      let trained = network.namedParameters().filter(\.tensor.requiresGradient)
      #expect(trained.count == network.namedParameters().count - 2)
    }
  }

  /// Every block starts as its shortcut, so that activations do not grow with depth.
  @Test(arguments: [ResNetVariant.resnet18, .resnet50])
  func randomResNetStartsTame(variant: ResNetVariant) throws {
    let network = try ResNet(variant, width: 8)
    try network.initialize(using: Generator(seed: 3))
    let images = try Tensor.normal([2, 3, 64, 64], generator: Generator(seed: 4))
    let features = try withoutGradients { try network.features(of: images, stages: []) }
    let power = try features.last.power(2).mean().item()
    #expect(power > 1e-4 && power < 100)
  }

  @Test func aMapThatWasNotAskedForIsNamedBesideThoseThatWere() throws {
    let network = try ResNet(.resnet18, width: 4)
    let images = try Tensor.zeros([1, 3, 32, 32])
    for (stages, kept) in [([Stage.layer4, .stem], "stem, layer4"), ([], "none")] {
      let maps = try withoutGradients { try network.features(of: images, stages: Set(stages)) }
      let error = #expect(throws: BackboneError.noMap(.layer3, kept: Set(stages))) {
        try maps[.layer3]
      }
      #expect(
        error.map { "\($0)" }
          == "the forward pass kept no feature map of layer3: expected it among the stages that were asked for, found "
          + "\(kept); name layer3 among the stages of the pass, or a method's own stages")
    }
  }

  @Test func classifierNamesItsHead() throws {
    let classifier = try ImageClassifier(backbone: ResNet(.resnet18, width: 4), classes: 3)
    #expect(
      classifier.headTensors.map(\.name) == [
        "fc_new.0.weight", "fc_new.0.bias", "fc_new.2.weight", "fc_new.2.bias",
      ])
    #expect(classifier.headTensors.map(\.tensor.shape) == [[512, 32], [512], [3, 512], [3]])
  }

  @Test func aBackboneWithoutPublishedWeightsSaysSo() throws {
    let own = BackboneDefinition("own") { try ResNet(.resnet18, outputStride: $0, width: 4) }
    #expect(throws: BackboneError.noPublishedWeights(backbone: "own")) {
      try own.publishedWeights()
    }
    let summary = try BackboneSummary(of: own)
    #expect(summary.name == "own" && summary.weights == nil && summary.weightsPath == nil)
  }

  @Test func missingWeightsSayWhereTheyWereLookedFor() {
    #expect {
      try BackboneDefinition.resnet152.publishedWeights()
    } throws: { error in
      "\(error)".contains("resnet152-394f9c45.pth") && "\(error)".contains("SYN2REAL_WEIGHTS")
    }
  }
}
