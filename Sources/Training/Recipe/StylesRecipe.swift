import Datasets
import Foundation
import Imaging
import YAML

/// `data.styles`: the pictures whose styles domain randomisation lends to training images.
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

  /// `folder`: where the pictures are, at any depth.
  public var folder: String
  /// `transfer`.
  public var transfer: Transfer
  /// `share`: of the shorter side, the highest frequency that is taken over.
  public var share: Double

  init(_ section: inout YAMLMapping) throws {
    folder = try section.string("folder")
    transfer = try section.choice("transfer", default: .both)
    share = try section.double("share", default: 0.01, in: 0...0.49)
  }

  var yaml: YAMLValue {
    [
      "folder": .string(folder), "transfer": .string(transfer.rawValue),
      "share": .double(share),
    ]
  }

  /// `count` versions of each image.
  /// - Throws: `DatasetError.empty` where the folder has no pictures.
  func views(count: Int, seed: UInt64) throws -> StyledViews {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let pictures = names.filter(ImageDataset.isImageName).sorted().map { "\(folder)/\($0)" }
    guard !pictures.isEmpty else {
      throw DatasetError.empty(path: folder, expected: "pictures to take styles from")
    }
    let transfers: [StyleTransfer] =
      switch transfer {
      case .color: [.colorStatistics]
      case .frequencies: [.lowFrequencies(share: share)]
      case .both: [.colorStatistics, .lowFrequencies(share: share)]
      }
    return StyledViews(count: count, pictures: pictures, transfers: transfers, seed: seed)
  }
}
