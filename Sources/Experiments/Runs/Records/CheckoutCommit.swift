import Foundation

/// The commit of a git checkout, read from git's own files without running git.
package enum CheckoutCommit {
  /// The commit of the checkout whose `.build` holds the running executable; nil where it was installed elsewhere, since a
  /// repository around it would be another project's.
  static let ofExecutable: String? = Bundle.main.executableURL
    .map { $0.resolvingSymlinksInPath().path }
    .flatMap { $0.contains("/.build/") ? commit(above: $0) : nil }

  /// The commit that is checked out in the first folder above `path` with a `.git`; nil where there is none.
  package static func commit(above path: String) -> String? {
    var folder = path as NSString
    while folder.length > 1 {
      folder = folder.deletingLastPathComponent as NSString
      let git = folder.appendingPathComponent(".git")
      if FileManager.default.fileExists(atPath: git) { return commit(inRepository: git) }
    }
    return nil
  }

  private static func commit(inRepository path: String) -> String? {
    // In a worktree `.git` is a file that names the folder.
    let folder =
      text(path).flatMap { named($0, "gitdir:") }
      .map { $0.hasPrefix("/") ? $0 : (path as NSString).deletingLastPathComponent + "/" + $0 }
      ?? path
    guard let head = text(folder + "/HEAD") else { return nil }
    guard let reference = named(head, "ref:") else { return isCommit(head) ? head : nil }
    let shared = text(folder + "/commondir")
      .map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
    for place in [folder] + (shared.map { [$0] } ?? []) {
      if let commit = text("\(place)/\(reference)"), isCommit(commit) { return commit }
      let packed = text("\(place)/packed-refs")?.split(separator: "\n")
        .first { $0.hasSuffix(" \(reference)") }?.prefix { $0 != " " }
      if let commit = packed.map(String.init), isCommit(commit) { return commit }
    }
    return nil
  }

  private static func named(_ text: String, _ prefix: String) -> String? {
    guard text.hasPrefix(prefix) else { return nil }
    return text.dropFirst(prefix.count).trimmingCharacters(in: .whitespaces)
  }

  private static func isCommit(_ text: String) -> Bool {
    text.count >= 40 && text.allSatisfy(\.isHexDigit)
  }

  /// The text of a file without the line break at its end; nil for a folder or where there is none.
  private static func text(_ path: String) -> String? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
      let data = FileManager.default.contents(atPath: path), data.count < 1 << 24
    else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
