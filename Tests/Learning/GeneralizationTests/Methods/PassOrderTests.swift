import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// The order in which CSG's networks run: the memory of a pass without gradients must be freed before the pass that keeps
/// its maps for the backward pass.
@Suite struct PassOrderTests {
  @Test(arguments: [
    (Pooling.attention, true, ["teacher", "student", "student with gradients"]),
    (.attention, false, ["teacher", "student with gradients"]),
    (.average, true, ["teacher", "student with gradients"]),
    (.average, false, ["teacher", "student with gradients"]),
  ])
  func thePassWithGradientsIsTheLast(
    pooling: Pooling, hasKeyView: Bool, expected: [String]
  ) throws {
    let log = PassLog()
    let student = try ImageClassifier(
      backbone: LoggingBackbone("student", log), classes: 5, hidden: 8)
    let method = try CSG(
      .init(pooling: pooling, queueCapacity: 16, dimension: 8),
      teacher: LoggingBackbone("teacher", log), generator: Generator(seed: 1), device: .cpu)
    let (query, key) = try Filling.views("batch0", 4, size: 64)
    let labels = try Filling.labels("batch0.labels", 4, classes: 5)
    let terms = try method.terms(
      of: TrainingStep(
        student: student, query: query, key: hasKeyView ? key : nil, labels: labels,
        output: student(query, stages: method.stages)))
    #expect(terms.losses.count == 2)
    #expect(log.passes == expected)
  }
}

/// The passes of networks in the order in which they began.
private final class PassLog {
  var passes: [String] = []
}

/// A small ResNet that notes its passes.
private final class LoggingBackbone: Backbone {
  private let name: String
  private let log: PassLog
  private let network: ResNet

  var channels: [Stage: Int] { network.channels }
  var pixelScaling: PixelScaling { network.pixelScaling }
  var imageNetClassifier: Linear? { network.imageNetClassifier }
  var recomputes = false

  init(_ name: String, _ log: PassLog) throws {
    self.name = name
    self.log = log
    network = try ResNet(.resnet18, width: 4, imageNetClasses: 10)
    try Filling.fill(network)
  }

  func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
    log.passes.append(recordsGradients ? "\(name) with gradients" : name)
    return try network.features(of: images, stages: stages)
  }
}
