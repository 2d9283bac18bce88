import Datasets
import Foundation
import Imaging
import Inference
import YAML

/// `data`: which images are used, and what is done to them.
public struct DataRecipe: Sendable, Equatable {
  /// `train`: the synthetic images for training.
  public var train: String
  /// `held_out`: synthetic images for selection, which are never trained on.
  public var heldOut: String?
  /// `held_out_fraction`: instead of `held_out`, the share of each class of `train` that is set aside for selection.
  public var heldOutFraction: Double?
  /// `real`: the real data sets that the network is judged on.
  public var real: [String]
  /// `unseen`: data sets of another unseen domain, such as a rendering style, that the network is judged on.
  public var unseen: [String]
  /// `shuffle`: whether every epoch has its own order.
  public var shuffle: Bool
  /// `augment`: what is done to a training image.
  public var augmentation: Augmentation
  /// `styles`: where domain randomisation takes its styles from.
  public var styles: StylesRecipe?
  /// `image_size`: the side of the square that the network sees in training, in pixels; classification also uses it in
  /// evaluation.
  public var imageSize: Int
  /// `decode`: `exact`, or for classification `scaled`: in training and evaluation JPEGs are decoded at the smallest number of
  /// eighths of their size at which the shorter side is still at least `image_size`. Photographs that are more than twice as
  /// large are read about twice as fast; pictures and figures no longer equal those of Pillow to the bit.
  public var decoding: ImageDecoding
  /// `workers`: the number of threads that read images.
  public var workers: Int
  /// `on_error`: what happens at an unreadable image.
  public var onError: BatchLoader.ErrorPolicy
  /// `fingerprint`: how the data are recognised when a run continues.
  public var fingerprint: Fingerprint

  /// What is recorded about each file.
  public enum Fingerprint: String, Sendable, CaseIterable {
    /// Its name, class and size.
    case names
    /// Also its bytes; all files are read at the start.
    case bytes
  }

  init(_ mapping: inout YAMLMapping, _ task: TaskName) throws {
    train = try mapping.string("train")
    heldOut = try mapping.optionalString("held_out")
    heldOutFraction = try mapping.optionalDouble("held_out_fraction", in: 0.0001...0.9)
    guard heldOut == nil || heldOutFraction == nil else {
      throw RecipeError.twoHeldOutSets(at: mapping.location.description)
    }
    real = try mapping.strings("real", default: [])
    unseen = try mapping.strings("unseen", default: [])
    shuffle = try mapping.bool("shuffle", default: true)
    augmentation = try Augmentation(&mapping, task)
    styles =
      mapping.keys.contains("styles")
      ? try mapping.section("styles") { try StylesRecipe(&$0) } : nil
    imageSize = try mapping.int(
      "image_size", default: TaskDefaults(task).imageSize, in: 16...4096)
    decoding = try Self.decoding(&mapping, task)
    workers = try mapping.int("workers", default: 2, in: 1...256)
    onError = try mapping.choice("on_error", default: .stop)
    fingerprint = try mapping.choice("fingerprint", default: .names)
  }

  private enum SegmentationDecoding: String, CaseIterable {
    /// The only choice: labels belong to the pixels of the file.
    case exact
  }

  private static func decoding(
    _ mapping: inout YAMLMapping, _ task: TaskName
  ) throws -> ImageDecoding {
    switch task {
    case .classification: return try mapping.choice("decode", default: .exact)
    case .segmentation:
      let _: SegmentationDecoding = try mapping.choice("decode", default: .exact)
      return .exact
    }
  }

  var yaml: YAMLValue {
    var members: [(String, YAMLValue)] = [("train", .string(train))]
    if let heldOut { members.append(("held_out", .string(heldOut))) }
    if let heldOutFraction { members.append(("held_out_fraction", .double(heldOutFraction))) }
    members += [
      ("real", .sequence(real.map { .string($0) })),
      ("unseen", .sequence(unseen.map { .string($0) })),
      ("shuffle", .boolean(shuffle)),
    ]
    members += augmentation.members
    if let styles { members.append(("styles", styles.yaml)) }
    members += [
      ("image_size", .integer(imageSize)),
      ("decode", .string(decoding.rawValue)),
      ("workers", .integer(workers)),
      ("on_error", .string(onError.rawValue)),
      ("fingerprint", .string(fingerprint.rawValue)),
    ]
    return .mapping(members.map { .init(key: $0.0, value: $0.1) })
  }
}
