import Backbones
import Datasets
import Imaging
import Runs
import Torch

/// Judges pictures by a classifier, many threads at a time.
///
/// `@unchecked`, since the threads share the network: it is frozen, and they take turns with what layers keep of a pass.
struct ClassPredictor: @unchecked Sendable {
  private let trained: TrainedNetwork
  private let mirrors: Bool
  private let normalization: ChannelNormalization
  private var options: EvaluationOptions { trained.description.evaluation }

  /// A predictor.
  /// - Parameter mirrors: whether the logits are averaged with those of the mirror image.
  init(_ trained: TrainedNetwork, mirrors: Bool = false) throws {
    self.trained = trained
    self.mirrors = mirrors
    normalization = try ChannelNormalization(trained.network.backbone.pixelScaling)
    try JudgingMemory.require(images: 1, side: options.imageSize)
  }

  /// Judges an RGB image.
  func judge(_ image: Image) throws -> ClassPrediction {
    let view = try ClassificationSamples.plainView(of: image, size: options.imageSize)
    let logits = try logits(of: normalization(view)).map(Double.init)
    return ClassPrediction(logits: logits, temperature: trained.temperature)
  }

  /// Reads pictures and judges those that can be read together.
  func judge(_ paths: ArraySlice<String>) -> [Result<ClassPrediction, any Error>] {
    let viewCount = 3 * options.imageSize * options.imageSize
    var failures: [(any Error)?] = []
    var readable = 0
    let pixels = [Float](unsafeUninitializedCapacity: paths.count * viewCount) { buffer, count in
      for path in paths {
        let slot = UnsafeMutableBufferPointer(
          rebasing: buffer[readable * viewCount..<(readable + 1) * viewCount])
        do {
          try read(path, into: slot)
          readable += 1
          failures.append(nil)
        } catch {
          failures.append(error)
        }
      }
      count = readable * viewCount
    }
    let judged = Result { try readable > 0 ? logits(of: pixels) : [] }
    let classCount = trained.classes.count
    var row = 0
    return failures.map { failure in
      if let failure { return .failure(failure) }
      defer { row += 1 }
      return judged.map { values in
        ClassPrediction(
          logits: values[row * classCount..<(row + 1) * classCount].map(Double.init),
          temperature: trained.temperature)
      }
    }
  }

  private func read(_ path: String, into slot: UnsafeMutableBufferPointer<Float>) throws {
    let image =
      switch options.decoding {
      case .exact: try Image.decodeRGB(path: path, isUpright: options.isUpright)
      case .scaled:
        try Image.decodeRGB(
          path: path, shorterSide: options.imageSize, isUpright: options.isUpright
        ).image
      }
    try namingPicture(path) {
      let view = try ClassificationSamples.plainView(of: image, size: options.imageSize)
      try normalization.write(view, into: slot)
    }
  }

  /// The logits of views of 3×side×side floats, one row for each.
  private func logits(of pixels: [Float]) throws -> [Float] {
    let side = options.imageSize
    let images = try Tensor(pixels, shape: [pixels.count / (3 * side * side), 3, side, side])
      .moved(to: trained.device)
    return try withoutGradients {
      var logits = try trained.network(images).logits
      if mirrors { logits = try (logits + trained.network(images.flipped([3])).logits) / 2 }
      return try logits.converted(to: .float32).moved(to: .cpu).scalars()
    }
  }
}
