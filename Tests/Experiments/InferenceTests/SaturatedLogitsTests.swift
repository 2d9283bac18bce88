import Backbones
import Datasets
import Imaging
import Inference
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Logits so large that their sigmoids in float32 are all 1.
@Suite struct SaturatedLogitsTests {
  /// Maps that are 1 where a picture is white, and 0 where it is black.
  private final class Whiteness: Backbone {
    let scale: Parameter
    let imageNetClassifier: Linear? = nil
    let channels: [Stage: Int] = [.layer4: 1]
    let pixelScaling = PixelScaling(mean: [0, 0, 0], standardDeviation: [1, 1, 1])
    var recomputes = false

    init() throws { scale = try Parameter([1]) }

    func features(of images: Tensor, stages: Set<Stage>) throws -> FeatureMaps {
      FeatureMaps(stages: [:], last: try images.mean([1], keeping: true))
    }
  }

  /// A network with the same logits for every picture that is white at its right edge, and others for every one that is black there.
  private struct Sides: TaskNetwork {
    let backbone: any Backbone
    let head: any Module
    let white: Tensor
    let black: Tensor
    var precision = Precision.float32
    let changesInTraining = false

    init(white: [Float], black: [Float]) throws {
      backbone = try Whiteness()
      head = try Linear(1, 1)
      self.white = try Tensor(white, shape: [1, white.count])
      self.black = try Tensor(black, shape: [1, black.count])
    }

    func callAsFunction(
      _ images: Tensor, stages: Set<Stage>, mode: NetworkMode
    ) throws -> TaskOutput {
      let features = try backbone.features(of: images, stages: stages)
      let width = features.last.shape[3]
      let edge = try features.last.narrowed(3, width - 1..<width).mean([2, 3])
      let logits = try black + edge * (white - black)
      return TaskOutput(logits: logits, features: features)
    }

    func loss(_ logits: Tensor, labels: Tensor) throws -> Tensor { try logits.sum() }
  }

  /// The logits of a picture, those of its mirror image (nil: it is not judged), and the class with the highest mean of sigmoids.
  private static let cases: [([Float], [Float]?, Int)] = [
    ([25, 28, 30], nil, 2), ([25, 30, 28], [25, 30, 28], 1), ([25, 28, 30], [25, 28, 30], 2),
    // 1 − σ(z) is about e⁻ᶻ, so that the smaller of two large logits decides: 24 beside 23.
    ([24, 40, 23.5], [25, 23, 30], 0),
    // On the other side it is the larger one.
    ([-120, -110, -130], [-120, -130, -105], 2),
    // Where nothing is rounded to 1, it is the mean of the sigmoids, whatever the mean of the logits.
    ([0.5, 4, -1], [0.5, -2, 2], 0), ([-3, 6, -1], [0.1, -9, 0], 1),
    // Far beyond what an exponential function of float64 can hold.
    ([1000, 2000, -1000], [1000, 1500, 1000], 1),
  ]

  @Test(arguments: cases)
  func theClassOfTheHighestMeanOfSigmoids(
    logits: [Float], mirrored: [Float]?, expected: Int
  ) throws {
    let pixels = (0..<8 * 8).flatMap { [UInt8](repeating: $0 % 8 < 4 ? 0 : 255, count: 3) }
    let image = try Image(width: 8, height: 8, channels: 3, pixels: pixels)
    let images = try InMemoryImages(
      "sides", classes: ["a", "b", "c"], samples: [(image: image, label: 1)])
    var options = EvaluationOptions()
    (options.imageSize, options.mirrors) = (8, mirrored != nil)
    let evaluation = try ClassificationEvaluator<InMemoryImages>(options, device: .cpu).evaluate(
      Sides(white: logits, black: mirrored ?? [0, 0, 0]), on: images, domain: .real)
    #expect(evaluation.judged.map(\.prediction) == [expected])
    #expect(evaluation.confusion.counts[1][expected] == 1)
  }

  @Test func evaluateAndPredictAgree() throws {
    let released = try ReleasedClassifier(
      classes: ["apple", "bus", "car"], prepare: { try Filling.fill($0.namedTensors()) },
      change: { state in
        state["encoder_q.fc_new.2.weight"] = try Tensor.zeros([3, 4])
        state["encoder_q.fc_new.2.bias"] = try Tensor([Float(25), 28, 30])
      })
    defer { released.remove() }
    let picture = try Image(width: 40, height: 36, color: [90, 50, 50])
    let trained = try released.trained()

    guard case .classes(let classes) = try trained.predict(picture) else {
      Issue.record("a classifier predicts classes")
      return
    }
    #expect(classes.first?.name == "car")
    let record = try #require(try trained.evaluate(at: [released.data]).first)
    #expect(record.confusion == [[0, 0, 1], [0, 0, 1], [0, 0, 1]])
  }
}
