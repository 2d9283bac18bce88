import Settings
import Training
import YAML

/// `data.styles`: where domain randomisation takes its versions of training images from.
public enum StylesRecipe: Sendable, Equatable {
  /// `folder`, `transfer` and `share`: pictures from which styles are transferred.
  case pictures(LentStyles)
  /// `stylised`: images that were stylised by another program.
  case stylised(StylisedFolders)

  /// The styles as an experiment uses them.
  var source: any StyleSource {
    switch self {
    case .pictures(let styles): styles
    case .stylised(let folders): folders
    }
  }
}

extension DataRecipe {
  static let styleSettings: [Setting<DataRecipe>] = [
    .text(
      "styles.folder", \.styleFolder, absent: "none",
      "The pictures whose styles domain-randomization lends, at any depth."),
    .choice(
      "styles.transfer", \.lentStyles.transfer,
      "What is lent: mean and deviation of the colours, the amplitudes of low frequencies, or one after the other.",
      counts: \.lendsStyles),
    .number(
      "styles.share", \.lentStyles.share, in: 0...0.49,
      "The highest frequency that is lent, as a share of the shorter side.", counts: \.lendsStyles),
    .text(
      "styles.stylised", \.stylisedFolder, absent: "none",
      "Instead of these three: a folder of images that were stylised elsewhere, one folder per style."
    ),
  ]

  /// Refuses styles of both forms, and what belongs to pictures without a folder of them.
  func settleStyles(_ mapping: inout YAMLMapping) throws {
    guard mapping.keys.contains("styles") else { return }
    var section = try mapping.mapping("styles", emptyIfAbsent: true)
    if try section.optionalString("stylised") != nil {
      guard !section.keys.contains("folder") else {
        throw RecipeError.twoStyles(at: section.location.description)
      }
      try section.finish()
    } else if mapping.optionalNode("styles") != nil {
      _ = try section.string("folder")
    }
  }

  private var lendsStyles: Bool {
    if case .pictures = styles { true } else { false }
  }

  /// The styles of pictures; where there are none, what is set here changes nothing.
  private var lentStyles: LentStyles {
    get {
      if case .pictures(let styles) = styles { styles } else { LentStyles(folder: "") }
    }
    set { if lendsStyles { styles = .pictures(newValue) } }
  }

  private var styleFolder: String? {
    get { lendsStyles ? lentStyles.folder : nil }
    set { styles = newValue.map { .pictures(LentStyles(folder: $0)) } }
  }

  private var stylisedFolder: String? {
    get { if case .stylised(let folders) = styles { folders.folder } else { nil } }
    set { styles = newValue.map { .stylised(StylisedFolders(folder: $0)) } }
  }
}
