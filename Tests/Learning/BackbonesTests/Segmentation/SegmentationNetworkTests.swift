import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Networks at output stride 8 with both heads, against PyTorch.
@Suite struct SegmentationNetworkTests {
  private static let classes = 5

  @Test(arguments: [("resnet18", ResNetVariant.resnet18), ("resnet50", .resnet50)])
  func everyStageAtOutputStride8(name: String, variant: ResNetVariant) throws {
    let network = try backbone(variant)
    let fixture = try Fixture("segmentation/\(name)-dilated")
    let features = try withoutGradients {
      try network.features(of: input(), stages: Set(Stage.allCases))
    }
    for stage in Stage.allCases { try fixture.expect("\(stage)", features[stage]) }
    #expect(features.last.shape.suffix(2) == [17, 13])
  }

  @Test(arguments: [
    ("resnet18", ResNetVariant.resnet18, SegmentationHeadName.aspp),
    ("resnet18", .resnet18, .deepLabV2), ("resnet50", .resnet50, .aspp),
    ("resnet50", .resnet50, .deepLabV2), ("heads", .resnet18, .segFormer),
    ("heads", .resnet18, .deepLabV3Plus), ("heads", .resnet18, .linear),
  ])
  func headsJudgeAndTrain(name: String, variant: ResNetVariant, head: SegmentationHeadName) throws {
    let fixture = try Fixture(
      name == "heads" ? "segmentation/heads" : "segmentation/\(name)-dilated")
    let key = head.rawValue
    let segmenter = try ImageSegmenter(
      backbone: backbone(variant), classes: Self.classes, head: head, width: 16, dropout: 0)
    try Filling.fill(segmenter.head)
    let images = try input()
    let judged = try withoutGradients { try segmenter(images) }
    try fixture.expect("\(key).logits", judged.logits)
    try fixture.expect("\(key).loss", segmenter.loss(judged.logits, labels: labels()))

    // In float64: normalising two pooled values by their own statistics leaves gradients of rounding errors' size.
    for entry in segmenter.namedTensors() where entry.tensor.dtype == .float32 {
      try entry.tensor.replaceStorage(entry.tensor.detached().converted(to: .float64))
    }
    let trained = try segmenter(
      images.converted(to: .float64), stages: [], mode: .training(seed: 1))
    try fixture.expect("\(key).training", trained.logits)
    try segmenter.loss(trained.logits, labels: labels()).backward()
    for entry in segmenter.head.namedTensors() {
      if entry.name.hasPrefix("projections"), entry.name.hasSuffix("bias") {
        // A batch norm takes away what a bias before it adds.
        let gradient = try #require(try entry.tensor.gradient())
        let largest = try gradient.absolute().max().item()
        #expect(largest < 1e-12, "\(entry.name)")
      } else if entry.isParameter {
        try fixture.expect(
          "\(key).gradient.\(entry.name)", try #require(try entry.tensor.gradient()))
      } else if entry.name.contains("running") {
        try fixture.expect("\(key).after.\(entry.name)", entry.tensor)
      } else {
        #expect(try entry.tensor.item() == 1)
      }
    }
  }

  @Test func releasedKeysAreKept() throws {
    let keys = try ImageSegmenter(backbone: backbone(.resnet18), classes: 19).headTensors.map(
      \.name)
    for key in [
      "fc_new.conv2d_list.0.convs.0.0.weight", "fc_new.conv2d_list.0.convs.3.1.running_var",
      "fc_new.conv2d_list.0.convs.4.1.weight", "fc_new.conv2d_list.0.convs.4.2.bias",
      "fc_new.conv2d_list.0.project.0.weight", "fc_new.conv2d_list.1.weight",
      "fc_new.conv2d_list.2.num_batches_tracked", "fc_new.conv2d_list.4.bias",
    ] {
      #expect(keys.contains(key), "\(key)")
    }
    #expect(keys.count == 44)
  }

  @Test func theSameWeightsFitEitherOutputStride() throws {
    let classifier = try ResNet(.resnet50, width: 4, imageNetClasses: 10)
    let segmenter = try ResNet(.resnet50, outputStride: 8, width: 4, imageNetClasses: 10)
    try segmenter.load(classifier.stateDict())
    let lite = try BackboneDefinition.efficientNetLite0.make()
    try BackboneDefinition.efficientNetLite0.make(outputStride: 8).load(lite.stateDict())
    #expect(throws: BackboneError.noOutputStride(16)) {
      try BackboneDefinition.resnet50.make(outputStride: 16)
    }
  }

  @Test func efficientNetLiteKeepsItsReceptiveFieldAtOutputStride8() throws {
    // Away from the borders, every fourth place of the fine map is a place of the coarse one.
    let coarse = try EfficientNetLite(.lite0)
    try Filling.fill(coarse)
    let fine = try EfficientNetLite(.lite0, outputStride: 8)
    try fine.load(coarse.stateDict())
    let images = try Filling.uniform("input", [1, 3, 64, 64], -2, 2)
    let maps = try withoutGradients {
      (
        try coarse.features(of: images, stages: [.layer2]),
        try fine.features(of: images, stages: [.layer2])
      )
    }
    #expect(maps.1.last.shape == [1, 1280, 8, 8])
    #expect(maps.1.stages[.layer2]?.shape == maps.0.stages[.layer2]?.shape)
  }

  @Test func batchNormsOfTheBackboneAreFrozen() throws {
    let segmenter = try ImageSegmenter(backbone: backbone(.resnet18), classes: 3)
    for entry in segmenter.backbone.namedParameters() where entry.name.contains("bn1") {
      #expect(!entry.tensor.requiresGradient, "\(entry.name)")
    }
    #expect(segmenter.backbone.namedParameters().contains { $0.tensor.requiresGradient })
    #expect(!segmenter.head.namedParameters().contains { !$0.tensor.requiresGradient })
  }

  @Test func dropoutIsTheSeedsAndOfTrainingAlone() throws {
    let segmenter = try ImageSegmenter(backbone: backbone(.resnet18), classes: 3, width: 8)
    try Filling.fill(segmenter.head)
    let images = try input()
    func logits(_ mode: NetworkMode) throws -> [Float] {
      try withoutGradients { try segmenter(images, stages: [], mode: mode).logits.scalars() }
    }
    let first = try logits(.training(seed: 1))
    #expect(try logits(.training(seed: 1)) == first)
    #expect(try logits(.training(seed: 2)) != first)
    #expect(try logits(.evaluation) == logits(.evaluation))
  }

  @Test func aBatchWithoutLabelsCostsNothing() throws {
    let segmenter = try ImageSegmenter(
      backbone: backbone(.resnet18), classes: 3, head: .deepLabV2)
    try Filling.fill(segmenter.head)
    let output = try segmenter(input(), stages: [], mode: .training(seed: 0))
    let loss = try segmenter.loss(
      output.logits, labels: .full([2, 129, 97], 255, dtype: .int64))
    #expect(try loss.item() == 0)
    try loss.backward()
    let gradient = try #require(try segmenter.head.namedParameters()[0].tensor.gradient())
    #expect(try (gradient * gradient).sum().item() == 0)
  }

  /// A step brings its logits to the size of the labels once, for the loss and for the accuracy.
  @Test func logitsOfFullSizeAreJudgedTheSame() throws {
    let segmenter = try ImageSegmenter(
      backbone: backbone(.resnet18), classes: Self.classes, head: .linear)
    try Filling.fill(segmenter.head)
    let (logits, labels) = (try segmenter(input()).logits.detached(), try labels())
    let fine = try segmenter.fullSize(logits, for: labels)
    #expect(logits.shape == [2, Self.classes, 17, 13])
    #expect(fine.shape == [2, Self.classes, 129, 97])
    #expect(
      try segmenter.loss(fine, labels: labels).item()
        == segmenter.loss(logits, labels: labels).item())
    let accuracy = try segmenter.accuracy(fine, labels: labels).item()
    #expect(try segmenter.accuracy(logits, labels: labels).item() == accuracy)
    #expect(accuracy > 0 && accuracy < 1)
  }

  @Test func oneImageIsTooFewForThePooledBranch() throws {
    let segmenter = try ImageSegmenter(backbone: backbone(.resnet18), classes: 3, width: 8)
    #expect {
      try segmenter(input().narrowed(0, 0..<1), stages: [], mode: .training(seed: 0))
    } throws: {
      "\($0)".contains("a batch of at least 2 images")
    }
  }

  private func backbone(_ variant: ResNetVariant) throws -> ResNet {
    let network = try ResNet(variant, outputStride: 8, width: 8, imageNetClasses: 10)
    try Filling.fill(network)
    return network
  }

  private func input() throws -> Tensor { try Filling.uniform("input", [2, 3, 129, 97], -2, 2) }

  /// Classes, and 255 for a sixth of all pixels.
  private func labels() throws -> Tensor {
    try Filling.pixelLabels("labels", [2, 129, 97], classes: Self.classes)
  }
}
