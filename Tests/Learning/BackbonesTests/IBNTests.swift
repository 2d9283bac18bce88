import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// IBN-Net's norms, against PyTorch and against what they are for.
@Suite struct IBNTests {
  @Test(arguments: [
    ("resnet18-ibn-a", ResNetVariant.resnet18, ResNetNorms.ibnA),
    ("resnet18-ibn-b", .resnet18, .ibnB), ("resnet50-ibn-a", .resnet50, .ibnA),
    ("resnet50-ibn-b", .resnet50, .ibnB),
  ])
  func everyStage(name: String, variant: ResNetVariant, norms: ResNetNorms) throws {
    let network = try ResNet(variant, norms: norms, width: 8, imageNetClasses: 10)
    try Filling.fill(network)
    let fixture = try Fixture("segmentation/\(name)")
    let images = try Filling.uniform("input", [2, 3, 64, 64], -2, 2)
    try withoutGradients {
      let features = try network.features(of: images, stages: Set(Stage.allCases))
      for stage in Stage.allCases { try fixture.expect("\(stage)", features[stage]) }
      try fixture.expect("logits", network.imageNetLogits(of: images))
    }
  }

  @Test func instanceNormRemovesAnAffineChangeOfAChannel() throws {
    let norm = try InstanceNorm2d(3)
    let x = try Filling.uniform("x", [2, 3, 8, 8], -1, 1)
    let factors = try Tensor([3, 0.5, 20] as [Float], shape: [1, 3, 1, 1])
    let shifts = try Tensor([1, -2, 5] as [Float], shape: [1, 3, 1, 1])
    try withoutGradients {
      try expectClose(norm(x * factors + shifts), norm(x), within: 1e-3)
    }
  }

  @Test func publishedKeysAreKept() throws {
    let a = try BackboneDefinition.resnet50IBNA.make().stateDict().keys
    #expect(a.contains("layer1.0.bn1.IN.weight"))
    #expect(a.contains("layer3.5.bn1.BN.running_mean"))
    #expect(!a.contains("layer4.0.bn1.IN.weight"))
    let b = try BackboneDefinition.resnet50IBNB.make().stateDict().keys
    #expect(b.contains("layer1.2.IN.weight"))
    #expect(b.contains("layer2.3.IN.bias"))
    #expect(!b.contains("layer1.0.IN.weight"))
    #expect(b.contains("bn1.weight") && !b.contains("bn1.running_mean"))
  }
}
