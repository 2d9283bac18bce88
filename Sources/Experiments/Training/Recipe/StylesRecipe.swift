import Datasets
import Imaging
import YAML

/// `data.styles`: where domain randomisation takes its versions of training images from.
public struct StylesRecipe: Sendable, Equatable {
  /// What is taken over.
  public enum Transfer: String, Sendable, CaseIterable {
    /// Mean and deviation of the colours.
    case color
    /// The amplitudes of low frequencies.
    case frequencies
    /// One after the other.
    case both
  }

  /// The pictures or images.
  public enum Source: Sendable, Equatable {
    /// `folder`: pictures, at any depth, whose styles are lent; `share`: of the shorter side, the highest frequency that
    /// is taken over.
    case pictures(folder: String, transfer: Transfer, share: Double)
    /// `stylised`: a folder a style, each laid out as the training images are, with what somebody else made of these.
    case stylised(folder: String)
  }

  /// Where the versions come from.
  public var source: Source
  /// The folder of the pictures or images.
  var folder: String {
    switch source {
    case .pictures(let folder, _, _), .stylised(let folder): folder
    }
  }

  init(_ section: inout YAMLMapping) throws {
    if let folder = try section.optionalString("stylised") {
      guard !section.keys.contains("folder") else {
        throw RecipeError.twoStyles(at: section.location.description)
      }
      source = .stylised(folder: folder)
    } else {
      source = .pictures(
        folder: try section.string("folder"),
        transfer: try section.choice("transfer", default: .both),
        share: try section.double("share", default: 0.01, in: 0...0.49))
    }
  }

  var yaml: YAMLValue {
    switch source {
    case .pictures(let folder, let transfer, let share):
      [
        "folder": .string(folder), "transfer": .string(transfer.rawValue), "share": .double(share),
      ]
    case .stylised(let folder): ["stylised": .string(folder)]
    }
  }

  /// `count` versions of each training image of `task`.
  /// - Throws: `DatasetError` where the folder has no pictures, or none of an image.
  func views(of task: any LearningTask, count: Int, seed: UInt64) throws -> StyledViews {
    StyledViews(count: count, of: try views(of: task), seed: seed)
  }

  private func views(of task: any LearningTask) throws -> StyledViews.Source {
    switch source {
    case .pictures(let folder, let transfer, let share):
      let pictures = ImageDataset.imageNames(below: folder).map { "\(folder)/\($0)" }
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
    case .stylised(let folder):
      return .stylised(
        try StylisedImages(in: folder, of: task.trainingImages, below: task.trainingFolder))
    }
  }
}
