import Datasets
import Foundation
import Generalization
import Imaging
import Inference
import Settings
import YAML

/// `data`: which images are used, and what is done to them.
public struct DataRecipe: Sendable, Equatable {
  /// `train`: the synthetic images for training, a set for each domain.
  public var train: [String]
  /// `held_out`: synthetic images for selection, which are never trained on, a set for each domain that has them.
  public var heldOut: [String]
  /// `held_out_fraction`: instead of `held_out`, the share of each class of each set of `train` that is set aside for selection.
  public var heldOutFraction: Double?
  /// `real`: the real data sets that the network is judged on.
  public var real: [String]
  /// `unseen`: data sets of another unseen domain, such as a rendering style, that the network is judged on.
  public var unseen: [String]
  /// `classes`: names of the training data's classes by names that other sets give them; nil leaves a class out.
  public var renamedClasses: [String: String?] = [:]
  /// `shuffle`: whether every epoch has its own order.
  public var shuffle: Bool
  /// `balance`: whether every class, or every domain, is drawn equally often.
  public var balance: SampleBalance
  /// `augment`: what is done to a training image.
  public var augmentation: Augmentation
  /// `spectrum` and `pasta`: how the amplitudes of training images are jittered; nil for not at all.
  public var amplitudeJitter: AmplitudeJitter?
  /// `styles`: where domain randomisation takes its styles from.
  public var styles: StylesRecipe?
  /// `image_size`: the side of the square that the network sees in training, in pixels; classification also uses it in
  /// evaluation.
  public var imageSize: Int
  /// `decode`: `exact`, or for classification `scaled`: in training and evaluation JPEGs are decoded at the smallest number of
  /// eighths of their size at which the shorter side is still at least `image_size`. Photographs that are more than twice as
  /// large are read about twice as fast; pictures and figures no longer equal those of Pillow to the bit.
  public var decoding: ImageDecoding
  /// `exif_orientation`: whether pictures are turned as their EXIF orientation says.
  public var honoursOrientation: Bool
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

  init(standardIn context: RecipeContext) {
    train = []
    heldOut = []
    real = []
    unseen = []
    shuffle = true
    balance = .none
    augmentation =
      context.task == .classification
      ? .randAugment(operations: 1, magnitude: 6) : .scene(SceneAugmentation())
    imageSize = context.defaults.imageSize
    decoding = .exact
    // Label maps belong to the pixels as they are stored.
    honoursOrientation = context.task == .classification
    workers = 2
    onError = .stop
    fingerprint = .names
  }
}

extension DataRecipe: RecipeSection {
  static func settings(in context: RecipeContext) -> [Setting<DataRecipe>] {
    setSettings + [balanceSetting(context.task)] + augmentationSettings(context.task)
      + spectrumSettings(context.task) + styleSettings
      + [decodeSetting(context.task)] + readingSettings
  }

  /// The keys that say something of the data `train` alone, and nothing of others.
  static let keysOfTrainingData: Set<String> = [
    "held_out", "held_out_fraction", "real", "unseen", "classes", "exif_orientation",
  ]

  private static let setSettings: [Setting<DataRecipe>] = [
    setsSetting(
      "train", \.train, isRequired: true,
      "The synthetic images that are trained on: a set, or a list with a set for each domain, all with the same classes; a set of scenes may lack some that another has. Domains are put together (`balance` says how they are drawn) and judged apart."
    ),
    setsSetting(
      "held_out", \.heldOut, absence: "none",
      "Synthetic images that are never trained on: a set, or a list with one for each domain; the mean of their figures selects the checkpoint."
    ),
    .number(
      "held_out_fraction", \.heldOutFraction, in: 0.0001...0.9, absent: "none",
      "Instead of `held_out`: the share of each class of each set of `train` that is set aside."),
    .texts("real", \.real, "The real sets that the network is judged on."),
    .texts(
      "unseen", \.unseen,
      "Sets of another unseen domain, such as a rendering style, that it is judged on."),
    Setting(
      "classes", .mapping,
      "What the classes of `real` and `unseen` are called in the training data, where the names differ: `{lorry: truck, bike: bicycle}`; null leaves a class out. Sets are judged on the classes that both have.",
      get: { $0.renamedClasses.isEmpty ? .null : $0.classesValue },
      set: { data, value in
        guard case .mapping(let members) = value else { return }
        data.renamedClasses = Dictionary(
          members.map { ($0.key, String(settingValue: $0.value)) }, uniquingKeysWith: { $1 })
      }, absence: "none"),
    .boolean("shuffle", \.shuffle, "Whether every epoch has an order of its own."),
  ]

  /// A set, or a list of sets.
  private static func setsSetting(
    _ key: String, _ property: WritableKeyPath<DataRecipe, [String]> & Sendable,
    isRequired: Bool = false, absence: String? = nil, _ help: String
  ) -> Setting<DataRecipe> {
    Setting(
      key, .either([.text, .sequence(of: .text)]), help,
      get: { data in
        let sets = data[keyPath: property]
        if sets.isEmpty { return .null }
        return sets.count == 1 ? .string(sets[0]) : sets.settingValue
      },
      set: { data, value in
        data[keyPath: property] =
          [String](settingValue: value) ?? String(settingValue: value).map { [$0] } ?? []
      }, absence: absence, isRequired: isRequired)
  }

  private var classesValue: SettingValue {
    .mapping(
      renamedClasses.sorted { $0.key < $1.key }
        .map { .init(key: $0.key, value: $0.value.map { .string($0) } ?? .null) })
  }

  private static let readingSettings: [Setting<DataRecipe>] = [
    .integer(
      "image_size", \.imageSize, in: 16...4096,
      "The side of the square that the network sees in training, in pixels; classes of images are judged by it too."
    ),
    .boolean(
      "exif_orientation", \.honoursOrientation,
      "Whether pictures are turned upright, as the EXIF data of cameras say; off for the paper's data, where only the stored pixels count, and for label maps, which belong to them."
    ),
    .integer("workers", \.workers, in: 1...256, "The threads that read images."),
    .choice(
      "on_error", \.onError,
      "What an unreadable image does: ends the run, or is left out and counted."),
    .choice(
      "fingerprint", \.fingerprint,
      "How the data are recognised when a run goes on: by names, classes and sizes, or by their bytes too."
    ),
  ]

  /// Only images that have a class each can be drawn by class.
  private static func balanceSetting(_ task: TaskName) -> Setting<DataRecipe> {
    switch task {
    case .classification:
      .choice(
        "balance", \.balance,
        "`classes` draws every class equally often: an epoch has as many steps as without, but holds images of rare classes several times, augmented differently, and leaves out some of frequent ones; each class goes through all its images before any of them comes again. `domains` does the same with the sets of `train`: a batch holds as many images of each."
      )
    case .segmentation:
      .choice(
        "balance", \.segmentationBalance,
        "`domains` draws every set of `train` equally often. Scenes have no class of their own; `train.class_weights` weights their pixels."
      )
    }
  }

  private enum SegmentationBalance: String, CaseIterable {
    case none
    case domains
  }

  private var segmentationBalance: SegmentationBalance {
    get { balance == .domains ? .domains : .none }
    set { balance = newValue == .domains ? .domains : .none }
  }

  /// Only images of classes can be decoded smaller: labels belong to the pixels of the file.
  private static func decodeSetting(_ task: TaskName) -> Setting<DataRecipe> {
    switch task {
    case .classification:
      .choice(
        "decode", \.decoding,
        "`scaled` decodes large JPEGs at the smallest number of eighths of their size whose shorter side is at least `image_size`: faster, but no longer as Pillow to the bit."
      )
    case .segmentation:
      .choice("decode", \.segmentationDecoding, "Label maps belong to the pixels of the file.")
    }
  }

  private enum SegmentationDecoding: String, CaseIterable {
    case exact
  }

  private var segmentationDecoding: SegmentationDecoding {
    get { .exact }
    set { decoding = .exact }
  }

  func settle(_ mapping: inout YAMLMapping) throws {
    let place = mapping.location.description
    guard heldOut.isEmpty || heldOutFraction == nil else {
      throw RecipeError.twoHeldOutSets(at: place)
    }
    guard !train.isEmpty else { throw RecipeError.noTrainingSet(at: place) }
    // Two sets of one path would be one line in every table.
    for sets in [train, heldOut, unseen + real] {
      var known = Set<String>()
      if let twice = sets.first(where: { !known.insert(Self.withoutEndingSlashes($0)).inserted }) {
        throw RecipeError.repeatedSet(twice, at: place)
      }
    }
    try settleStyles(&mapping)
  }

  /// The path of a set, which `renders/` and `renders` both name.
  private static func withoutEndingSlashes(_ path: String) -> String {
    path.lastIndex { $0 != "/" }.map { String(path[...$0]) } ?? path
  }
}
