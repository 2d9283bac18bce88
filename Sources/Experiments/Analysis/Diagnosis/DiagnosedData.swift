import Datasets
import Imaging
import Inference

/// A data set whose features are judged; its classes may differ from those of the networks.
enum DiagnosedData {
  case images(ImageDataset)
  case scenes(SegmentationDataset)

  /// The set at `path`, laid out as `task` reads it.
  /// - Throws: `DatasetError`.
  init(at path: String, for task: TaskName) throws {
    switch task {
    case .classification: self = .images(try ImageDataset(at: path))
    case .segmentation: self = .scenes(try SegmentationDataset(at: path))
    }
  }

  /// The set, its pictures turned as their EXIF orientation says if a network is used to that.
  func upright(_ isUpright: Bool) -> DiagnosedData {
    switch self {
    case .images(var dataset):
      dataset.isUpright = isUpright
      return .images(dataset)
    case .scenes(var dataset):
      dataset.isUpright = isUpright
      return .scenes(dataset)
    }
  }

  var path: String {
    switch self {
    case .images(let dataset): dataset.path
    case .scenes(let dataset): dataset.path
    }
  }

  var count: Int {
    switch self {
    case .images(let dataset): dataset.count
    case .scenes(let dataset): dataset.count
    }
  }

  /// The names of the classes of whole images; nil where pixels have classes.
  var imageClasses: [String]? {
    switch self {
    case .images(let dataset): dataset.classes
    case .scenes: nil
    }
  }

  /// The class of a whole image.
  func label(of index: Int) -> Int? {
    switch self {
    case .images(let dataset): dataset.samples[index].label
    case .scenes: nil
    }
  }

  /// Two views of each image, drawn as in training; nil where training draws none.
  func augmentedViews(
    _ description: NetworkDescription, _ normalization: ChannelNormalization
  ) throws -> (any SampleSource)? {
    let size = description.evaluation.imageSize
    switch (self, description.augmentation) {
    case (.images(let dataset), .randAugment(let operations, let magnitude)):
      return ClassificationSamples(
        dataset,
        preparation: .augmented(
          try RandAugment(operations: operations, magnitude: magnitude), seed: description.seed),
        decoding: description.evaluation.decoding, size: size, needsKeyView: true,
        normalization: normalization)
    case (.scenes(let dataset), .scene(let augmentation)):
      return SegmentationSamples(
        dataset, preparation: .augmented(augmentation, seed: description.seed), size: size,
        needsKeyView: true, normalization: normalization)
    default: return nil
    }
  }
}
