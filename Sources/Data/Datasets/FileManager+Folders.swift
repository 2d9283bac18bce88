import Foundation

extension FileManager {
  /// Whether there is a folder at `path`.
  package func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The entries of a folder, sorted by name, without hidden ones.
  /// - Throws: `DatasetError.undecodableName` if the name of a folder or picture is not UTF-8, since it could not be
  ///   opened; `DatasetError.unreadable`.
  func visibleNames(in folder: String) throws(DatasetError) -> [String] {
    let listing = try FolderListing(of: folder)
    for entry in listing.undecodable where !entry.name.hasPrefix(".") {
      guard entry.isFolder || ImageDataset.isImageName(entry.name) else { continue }
      throw .undecodableName(folder: folder, name: entry.name)
    }
    return listing.names.filter { !$0.utf8.starts(with: ".".utf8) && !Self.leftovers.contains($0) }
  }

  /// Folders that programs leave behind for themselves: macOS in archives, network drives for their thumbnails.
  private static let leftovers: Set<String> = ["__MACOSX", "@eaDir"]

  /// The folders inside a folder, sorted by name, without hidden ones.
  func visibleFolders(in folder: String) throws(DatasetError) -> [String] {
    try visibleNames(in: folder).filter { isFolder("\(folder)/\($0)") }
  }
}
