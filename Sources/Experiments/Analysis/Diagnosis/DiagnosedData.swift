import Datasets
import Imaging
import Inference
import Torch

/// A data set whose features are judged; its classes may differ from those of the networks.
enum DiagnosedData {
  case images(ImageDataset)
  case scenes(SegmentationDataset)

  /// The set at `path`, laid out as `task` reads it, or a folder of pictures of which nobody says what is on them.
  /// - Throws: `DatasetError`.
  init(at path: String, for task: TaskName) throws {
    switch task {
    case .classification: self = .images(try Self.images(at: path))
    case .segmentation: self = .scenes(try Self.scenes(at: path))
    }
  }

  private static func images(at path: String) throws -> ImageDataset {
    do {
      return try ImageDataset(at: path)
    } catch DatasetError.unlabelled {
      return try ImageDataset(unlabelledAt: path)
    }
  }

  private static func scenes(at path: String) throws -> SegmentationDataset {
    do {
      return try SegmentationDataset(at: path)
    } catch let reason as DatasetError {
      guard case .noScenes = reason else { throw reason }
      do throws(DatasetError) {
        return try SegmentationDataset(unlabelledAt: path)
      } catch {
        // Where there are no pictures either, what was looked for first says more.
        if case .empty = error { throw reason }
        throw error
      }
    }
  }

  /// Whether somebody says what is on the pictures.
  private var isLabelled: Bool {
    switch self {
    case .images(let dataset): dataset.isLabelled
    case .scenes(let dataset): dataset.isLabelled
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

  /// Checks that all processes read the same files.
  /// - Throws: `InferenceError.otherRank`.
  func requireSame(in processes: ProcessGroup) throws {
    switch self {
    case .images(let dataset): try processes.requireSame(dataset)
    case .scenes(let dataset): try processes.requireSame(dataset)
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
    case .images(let dataset): dataset.isLabelled ? dataset.classes : nil
    case .scenes: nil
    }
  }

  /// The class of a whole image.
  func label(of index: Int) -> Int? {
    switch self {
    case .images(let dataset): dataset.isLabelled ? dataset.samples[index].label : nil
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
    case (.scenes(let dataset), .scene(let augmentation)) where isLabelled:
      return SegmentationSamples(
        dataset, preparation: .augmented(augmentation, seed: description.seed), size: size,
        needsKeyView: true, normalization: normalization)
    default: return nil
    }
  }
}
