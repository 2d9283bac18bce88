import Datasets
import Imaging
import Torch

extension TrainedNetwork {
  /// The prediction for an image.
  public enum Prediction {
    /// The score of each class in [0, 1], the highest first.
    case classes([(name: String, score: Double)])
    /// The class of each pixel: one channel of class indices.
    case classMap(Image, SegmentationClasses)
  }

  /// Judges the picture in a file, in the way that the network's description says.
  /// - Throws: `ImageError` for an unreadable file, `DatasetError.unusable` for a picture that cannot be judged.
  public func predict(contentsOf path: String) throws -> (image: Image, prediction: Prediction) {
    let image = try Image.decodeRGB(path: path, isUpright: description.evaluation.isUpright)
    do {
      return (image, try namingPicture(path) { try predict(image) })
    } catch let error as TorchError {
      throw DatasetError.unusable(
        image: path, reason: "\(image.width) × \(image.height) pixels cannot be judged: \(error)")
    }
  }

  /// Judges a single RGB image, in the way that the network's description says.
  public func predict(_ image: Image) throws -> Prediction {
    switch description.task {
    case .classification:
      let scores = try ClassificationEvaluator<ImageDataset>(description.evaluation, device: device)
        .scores(network, of: image)
      return .classes(
        zip(classes, scores).map { (name: $0, score: $1) }.sorted { $0.score > $1.score })
    case .segmentation:
      let predict = try ScenePredictor(network, description.evaluation, device: device)
      return .classMap(
        try Image(classMap: predict(image).classMap), classTable ?? .cityscapes)
    }
  }
}
