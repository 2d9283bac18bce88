import Datasets
import Imaging
import Torch

extension TrainedNetwork {
  /// The temperature of its probabilities; 1 where it is not calibrated.
  public var temperature: Double { calibration?.temperature ?? 1 }

  /// Colours and label values of a segmenter's classes; those of Cityscapes where it has none of its own.
  public var pixelClasses: SegmentationClasses { classTable ?? .cityscapes }

  /// The prediction for an image.
  public enum Prediction {
    /// The probability of each class, the highest first: the softmax of the logits divided by the temperature.
    case classes([(name: String, score: Double)])
    /// The class of each pixel: one channel of class indices.
    case classMap(Image, SegmentationClasses)
  }

  /// Judges a single RGB image, as it is seen in one pass: the mirror image is not judged too.
  /// - Throws: `TrainingError.tooMuchMemory` where a view cannot fit into this machine's memory.
  public func predict(_ image: Image) throws -> Prediction {
    switch description.task {
    case .classification:
      let prediction = try ClassPredictor(self).judge(image)
      return .classes(
        prediction.ranking.map { (name: classes[$0], score: prediction.probabilities[$0]) })
    case .segmentation:
      let predict = try ScenePredictor(
        network, description.evaluation(mirroring: false), device: device)
      return .classMap(try Image(classMap: predict(image).classMap), pixelClasses)
    }
  }
}

extension NetworkDescription {
  /// How the network judges, with or without the mirror image.
  func evaluation(mirroring: Bool) -> EvaluationOptions {
    var options = evaluation
    options.mirrors = mirroring
    return options
  }
}
