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

  private func image(_ width: Int, _ height: Int) throws -> Image {
    let pixels = (0..<3 * width * height).map { UInt8(truncatingIfNeeded: $0 * $0 / 7 + $0) }
    return try Image(width: width, height: height, channels: 3, pixels: pixels)
  }

  /// The loss of the logits at the labels' size, all at once.
  private func loss(_ logits: Tensor, _ labels: Tensor) throws -> Double {
    let fine = try logits.upsampledBilinear(
      height: labels.shape[0], width: labels.shape[1], alignCorners: true)
    let count = try labels.isAtMost(254).converted(to: .float64).sum().item()
    return try fine.crossEntropy(labels.unsqueezed(0), ignoring: 255, reduction: .sum).item()
      / count
  }

  /// Bands, and a piece as large as the image, have the loss of the whole.
  @Test(arguments: [(nil, nil), (20, nil), (nil, 150)] as [(Int?, Int?)])
  func theLossIsThatOfAllLabelledPixels(height: Int?, tile: Int?) throws {
    let backbone = try Brightness()
    var options = EvaluationOptions()
    (options.height, options.tile, options.mirrors) = (height, tile, false)
    let network = Network(backbone: backbone, head: try Linear(1, 1))
    let predict = try ScenePredictor(network, options, device: .cpu)
    let scene = try image(60, 140)
    let classes = (0..<60 * 140).map { Int64([0, 1, 255, 1][$0 * 13 % 31 % 4]) }
    let labels = try Tensor(classes, shape: [140, 60])
    let judged = try scene.resized(toHeight: height)
    let pixels = try Tensor(
      ChannelNormalization(backbone.pixelScaling)(judged),
      shape: [1, 3, judged.height, judged.width])
    let expected = try loss(network(pixels).logits, labels)
    let found = try #require(try predict(scene, labels: labels).loss)
    #expect(abs(found - expected) <= 1e-5 * expected)
    // Without labels there is none, nor without a labelled pixel.
    #expect(try predict(scene).loss == nil)
    #expect(
      try predict(scene, labels: .full([140, 60], 255, dtype: .int64)).loss == nil)
  }

  /// Where pieces overlap, the loss is that of their weighted mean.
  @Test func theLossOfPiecesIsThatOfTheirMean() throws {
    let (height, width, tile, overlap) = (50, 70, 32, 8)
    let pixels = try Filling.uniform("pieces", [1, 3, height, width], -1, 1)
    let classes = (0..<height * width).map { Int64([0, 1, 2, 255][$0 * 7 % 29 % 4]) }
    let labels = try Tensor(classes, shape: [height, width])
    // What a piece says of a pixel depends on the piece.
    func logits(_ piece: Tensor) throws -> Tensor { try piece - piece.mean([2, 3], keeping: true) }
    let rows = TilePlan(size: height, tile: tile, overlap: overlap)
    let columns = TilePlan(size: width, tile: tile, overlap: overlap)
    var sums = [Double](repeating: 0, count: 3 * height * width)
    var weights = [Double](repeating: 0, count: height * width)
    for (row, top) in rows.starts.enumerated() {
      for (column, left) in columns.starts.enumerated() {
        let piece = try pixels.narrowed(2, top..<top + rows.length)
          .narrowed(3, left..<left + columns.length)
        let own: [Float] = try logits(piece).contiguous().scalars()
        let (vertical, horizontal) = (rows.weights(of: row), columns.weights(of: column))
        for y in 0..<rows.length {
          for x in 0..<columns.length {
            let weight = Double(vertical[y] * horizontal[x])
            let place = (top + y) * width + left + x
            weights[place] += weight
            for channel in 0..<3 {
              let value = own[(channel * rows.length + y) * columns.length + x]
              sums[channel * height * width + place] += weight * Double(value)
            }
          }
        }
      }
    }
    let mean = sums.indices.map { Float(sums[$0] / weights[$0 % (height * width)]) }
    let expected = try loss(Tensor(mean, shape: [1, 3, height, width]), labels)
    let total = Total(labels)
    _ = try TiledPrediction(tile: tile, overlap: overlap).classMap(
      of: pixels, seeing: total.see, logits: logits)
    #expect(total.rows == Array(0..<height))
    #expect(abs(total.loss - expected) <= 1e-5 * expected)
  }

  /// The loss of rows that are shown one after the other.
  private final class Total {
    private let labels: Tensor
    private var sum = 0.0
    var rows: [Int] = []

    init(_ labels: Tensor) { self.labels = labels }

    func see(_ logits: Tensor, _ rows: Range<Int>) throws {
      self.rows += rows
      sum += try logits.crossEntropy(
        labels.narrowed(0, rows).unsqueezed(0), ignoring: 255, reduction: .sum
      ).item()
    }

    var loss: Double {
      let classes = try? labels.scalars(Int64.self)
      return sum / Double(classes?.count { $0 < 255 } ?? 0)
    }
  }

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
