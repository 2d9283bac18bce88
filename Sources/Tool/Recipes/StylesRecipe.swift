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

  init(_ section: inout YAMLMapping) throws {
    if let folder = try section.optionalString("stylised") {
      guard !section.keys.contains("folder") else {
        throw RecipeError.twoStyles(at: section.location.description)
      }
      self = .stylised(StylisedFolders(folder: folder))
    } else {
      self = .pictures(
        LentStyles(
          folder: try section.string("folder"),
          transfer: try section.choice("transfer", default: .both),
          share: try section.double("share", default: 0.01, in: 0...0.49)))
    }
  }

  var yaml: YAMLValue {
    switch self {
    case .pictures(let styles):
      [
        "folder": .string(styles.folder), "transfer": .string(styles.transfer.rawValue),
        "share": .double(styles.share),
      ]
    case .stylised(let folders): ["stylised": .string(folders.folder)]
    }
  }
}
