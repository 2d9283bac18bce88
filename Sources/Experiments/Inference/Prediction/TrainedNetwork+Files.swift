import Datasets
import Imaging
import Pipelines
import Torch

/// Predictions for pictures of files.
extension TrainedNetwork {
  /// The prediction for the picture of a file.
  public enum FilePrediction: Sendable {
    /// Of a classifier.
    case classes(ClassPrediction)
    /// Of a segmenter: the picture, and the class of each pixel as one channel of class indices.
    case classMap(Image, picture: Image)
  }

  /// The pictures that one thread judges together, at most: more are no faster, and take more memory.
  private static let picturesAtOnce = 16

  /// Judges the pictures of `files` one after the other, in bounded memory, and hands over each result as soon as those before
  /// it were handed over.
  ///
  /// Classifiers judge with as many threads as libtorch has, each of which reads and judges a few pictures of its own; for
  /// segmenters the next pictures are read while one is judged.
  /// - Parameters:
  ///   - mirrors: whether the logits are averaged with those of the mirror image.
  ///   - handOver: is given the number of each file and its prediction, or why it could not be judged.
  /// - Throws: what `handOver` throws; `TrainingError.tooMuchMemory` where the views cannot fit into this machine's memory.
  public func predict(
    files: [String], mirrors: Bool = false,
    handOver: (Int, Result<FilePrediction, any Error>) throws -> Void
  ) throws {
    switch description.task {
    case .classification: try predictClasses(files, mirrors, handOver)
    case .segmentation: try predictClassMaps(files, mirrors, handOver)
    }
  }

  private func predictClasses(
    _ files: [String], _ mirrors: Bool,
    _ handOver: (Int, Result<FilePrediction, any Error>) throws -> Void
  ) throws {
    let threads = Libtorch.threadCount
    let share = (files.count + threads - 1) / threads
    let length = max(
      1, min(Self.picturesAtOnce, description.evaluation.batchSize, share))
    try JudgingMemory.require(
      images: min(length * threads, files.count), side: description.evaluation.imageSize)
    let predictor = try ClassPredictor(self, mirrors: mirrors)
    let starts = stride(from: 0, to: files.count, by: length)
    // Threads that share every operation would wait for each other; with pictures of their own they need not.
    try Libtorch.setThreadCount(1)
    let pipeline = OrderedPipeline(starts, workers: threads, name: "predictor") { start in
      // Each thread has a setting of its own, which its first pictures set.
      if Libtorch.threadCount != 1 { try Libtorch.setThreadCount(1) }
      return (start, predictor.judge(files[start..<min(start + length, files.count)]))
    }
    defer {
      pipeline.stopAndWait()
      try? Libtorch.setThreadCount(threads)
    }
    while let (start, results) = try pipeline.next() {
      for (position, result) in results.enumerated() {
        try handOver(start + position, result.map { .classes($0) })
      }
    }
  }

  private func predictClassMaps(
    _ files: [String], _ mirrors: Bool,
    _ handOver: (Int, Result<FilePrediction, any Error>) throws -> Void
  ) throws {
    let predict = try ScenePredictor(
      network, description.evaluation(mirroring: mirrors), device: device)
    let isUpright = description.evaluation.isUpright
    let reader = OrderedPipeline(
      files, workers: description.evaluation.workers, name: "picture reader"
    ) { path in
      Result { () throws(ImageError) in try Image.decodeRGB(path: path, isUpright: isUpright) }
    }
    defer { reader.stop() }
    var number = 0
    while let read = try reader.next() {
      let path = files[number]
      try handOver(
        number,
        Result {
          let picture = try read.get()
          do {
            let classMap = try namingPicture(path) {
              try Image(classMap: predict(picture).classMap)
            }
            return .classMap(classMap, picture: picture)
          } catch let error as TorchError {
            throw DatasetError.unusable(
              image: path,
              reason: "\(picture.width) × \(picture.height) pixels cannot be judged: \(error)")
          }
        })
      number += 1
    }
  }
}
