import Backbones
import Imaging
import Inference
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// The sizes in which a segmenter judges, and those of its answers.
@Suite struct ScenePredictorTests {
  /// A network that says of each pixel whether it is bright, and remembers the sizes of what it has seen.
  private final class Brightness: Backbone {
    let scale: Parameter
    let imageNetClassifier: Linear? = nil
    let channels: [Stage: Int] = [.layer4: 2]
    let pixelScaling = PixelScaling(mean: [0.5, 0.5, 0.5], standardDeviation: [1, 1, 1])
    var recomputes = false
    var seen: [[Int]] = []

    init() throws { scale = try Parameter([1]) }

    func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
      seen.append(Array(images.shape[2...]))
      let bright = try images.mean([1], keeping: true)
      return FeatureMaps(stages: [:], last: try .concatenated([bright * -1, bright], 1))
    }
  }

  private struct Network: TaskNetwork {
    let backbone: any Backbone
    let head: any Module
    var precision = Precision.float32
    let changesInTraining = false

    func callAsFunction(
      _ images: Tensor, stages: Set<Stage>, mode: NetworkMode
    ) throws -> TaskOutput {
      let features = try backbone.features(of: images, stages: stages)
      return TaskOutput(logits: features.last, features: features)
    }

    func loss(_ logits: Tensor, labels: Tensor) throws -> Tensor { try logits.sum() }
  }

  /// The height, the tile, and the sizes of what the network sees.
  private static let ways: [(Int?, Int?, [[Int]])] = [
    (nil, nil, [[40, 60]]), (20, nil, [[20, 30]]), (80, nil, [[80, 120]]),
    (20, 16, [[16, 16], [16, 16], [16, 16], [16, 16]]),
  ]

  @Test(arguments: ways)
  func imagesAreJudgedInAnotherHeight(height: Int?, tile: Int?, sizes: [[Int]]) throws {
    let backbone = try Brightness()
    var options = EvaluationOptions()
    (options.height, options.tile, options.mirrors) = (height, tile, false)
    let predict = try ScenePredictor(
      Network(backbone: backbone, head: Linear(1, 1)), options, device: .cpu)
    // The left half is dark, the right one bright.
    let pixels = (0..<40 * 60).flatMap { [UInt8](repeating: $0 % 60 < 30 ? 20 : 230, count: 3) }
    let prediction = try predict(Image(width: 60, height: 40, channels: 3, pixels: pixels))
    #expect(backbone.seen == sizes)
    #expect(prediction.classMap.shape == [40, 60])
    let classes: [Int64] = try prediction.classMap.scalars()
    for (index, found) in classes.enumerated() where abs(index % 60 - 30) > 3 {
      #expect(found == (index % 60 < 30 ? 0 : 1), "\(index)")
    }
  }
}
