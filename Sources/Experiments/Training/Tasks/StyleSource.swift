import Datasets
import Imaging

/// Where versions of training images in other styles come from.
public protocol StyleSource: Sendable {
  /// The versions of the training images of `task`.
  /// - Throws: `DatasetError` where there are none.
  func views(of task: any LearningTask) throws -> StyledViews.Source
  /// The folder of the pictures or images, so that a run can recognise it; nil where there is none.
  var picturesFolder: String? { get }
}

extension StyleSource {
  /// None.
  public var picturesFolder: String? { nil }
}

/// Pictures with styles that are transferred to training images while these are read.
public struct LentStyles: StyleSource, Equatable {
  /// What is transferred.
  public enum Transfer: String, Sendable, CaseIterable {
    /// Mean and deviation of the colours.
    case color
    /// The amplitudes of low frequencies.
    case frequencies
    /// Both, one after the other.
    case both
  }

  /// The folder of the pictures, which may lie in subfolders.
  public var folder: String
  /// What is transferred.
  public var transfer: Transfer
  /// The highest frequency that is transferred, as a share of the shorter side.
  public var share: Double

  /// Its folder.
  public var picturesFolder: String? { folder }

  /// A source of the styles of the pictures in `folder`.
  public init(folder: String, transfer: Transfer = .both, share: Double = 0.01) {
    self.folder = folder
    self.transfer = transfer
    self.share = share
  }

  /// The styles of all pictures in the folder.
  public func views(of task: any LearningTask) throws -> StyledViews.Source {
    let pictures = try ImageDataset.imageNames(below: folder).map { "\(folder)/\($0)" }
    guard !pictures.isEmpty else {
      throw DatasetError.empty(path: folder, expected: "pictures to take styles from")
    }
    let transfers: [StyleTransfer] =
      switch transfer {
      case .color: [.colorStatistics]
      case .frequencies: [.lowFrequencies(share: share)]
      case .both: [.colorStatistics, .lowFrequencies(share: share)]
      }
    return .pictures(StylePictures(pictures), transfers: transfers)
  }
}

/// Images that were stylised by another program: one folder per style, each with the layout of the training images.
public struct StylisedFolders: StyleSource, Equatable {
  /// The folder that contains one folder per style.
  public var folder: String

  /// Its folder.
  public var picturesFolder: String? { folder }

  /// The stylised images in `folder`.
  public init(folder: String) {
    self.folder = folder
  }

  /// The versions of every training image.
  /// - Throws: `DatasetError` where one has none, also because it is in memory and has no file.
  public func views(of task: any LearningTask) throws -> StyledViews.Source {
    guard task.trainingImages.count == task.sampleCount else {
      throw DatasetError.badSample(
        task.trainingPath,
        problem: "has images without files, of which there are no stylised versions")
    }
    return .stylised(
      try StylisedImages(in: folder, of: task.trainingImages, below: task.trainingFolder))
  }
}
