import Datasets
import Foundation
import YAML

/// Where the paths of a recipe lead: from the working folder, or if nothing is there, from the folder of the file that the path
/// is written in. The resolved recipe holds the path that was found.
struct RecipePlaces: Sendable, Equatable {
  /// The keys of paths.
  private static let keys = [
    "data.train", "data.held_out", "data.real", "data.unseen", "data.styles.folder",
    "data.styles.stylised", "model.weights",
  ]

  /// The second place of each path that leads nowhere, by the path as it is written.
  private var others: [String: String] = [:]

  /// Always true: what is not there says nothing of a run.
  static func == (_: RecipePlaces, _: RecipePlaces) -> Bool { true }

  /// The recipe with paths that lead somewhere, where they do.
  mutating func resolved(_ node: YAMLNode) -> YAMLNode {
    Self.keys.reduce(node) { node, key in
      node.changingTexts(at: key) { text, location in
        resolve(text, beside: location.source)
      }
    }
  }

  /// The path that leads somewhere; `text` as it is where none does, or where it is a word for weights.
  private mutating func resolve(_ text: String, beside file: String) -> String {
    let folder = (file as NSString).deletingLastPathComponent
    guard !["imagenet", "random"].contains(text), !text.hasPrefix("/"), !folder.isEmpty,
      FileManager.default.fileExists(atPath: file), !TarShards.isAnything(at: text)
    else { return text }
    let other = "\(folder)/\(text)"
    if TarShards.isAnything(at: other) { return other }
    others[text] = other
    return text
  }

  /// `error` with both places, if it is about data that are not there.
  func completed(_ error: DatasetError) -> DatasetError {
    switch error {
    case .notFound(let path), .noScenes(let path),
      .missingShard(path: _, pattern: let path, count: _):
      guard let other = others[path], !FileManager.default.fileExists(atPath: path) else {
        return error
      }
      return .notFoundAtEither(path: path, other: other)
    default: return error
    }
  }
}
