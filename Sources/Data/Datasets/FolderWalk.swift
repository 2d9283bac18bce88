import Foundation

/// The files of a folder and of the folders in it, at any depth, without hidden ones and what programs leave behind for themselves.
///
/// What cannot be listed or opened does not end the walk, so that all of it can be told.
struct FolderWalk {
  /// The paths of the files within the folder; the entries of each folder are sorted by name.
  private(set) var files: [String] = []
  /// Why folders within, or names in them, gave nothing.
  private(set) var failures: [DatasetError] = []

  private let followsLinks: Bool

  /// Walks through a folder, which may be a link to one.
  /// - Parameter followsLinks: whether links to folders within it are followed; one to a folder that it is in never is.
  init(below folder: String, followsLinks: Bool) {
    self.followsLinks = followsLinks
    visit(folder, named: "", inside: [])
  }

  /// - Parameters:
  ///   - prefix: what comes before the names of the folder's entries.
  ///   - around: the folders that it is in, without links in their paths.
  private mutating func visit(_ folder: String, named prefix: String, inside around: Set<String>) {
    let place = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    guard !around.contains(place) else { return }
    let listing: FolderListing
    do throws(DatasetError) {
      listing = try FolderListing(of: folder)
    } catch {
      failures.append(error)
      return
    }
    failures += listing.unopenable(in: folder)
    for name in listing.visibleNames {
      let path = "\(folder)/\(name)"
      if !FileManager.default.isFolder(path) {
        files.append(prefix + name)
      } else if followsLinks || !Self.isLink(path) {
        visit(path, named: "\(prefix)\(name)/", inside: around.union([place]))
      }
    }
  }

  private static func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }
}
