import Foundation

extension FileManager {
  /// Whether there is a folder at `path`.
  package func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The entries of a folder, sorted by name, without hidden ones and what programs leave behind for themselves.
  /// - Throws: `DatasetError.undecodableName` if the name of a folder or picture is not UTF-8, since it could not be
  ///   opened; `DatasetError.unreadable`.
  func visibleNames(in folder: String) throws(DatasetError) -> [String] {
    let listing = try FolderListing(of: folder)
    if let error = listing.unopenable(in: folder).first { throw error }
    return listing.visibleNames
  }

  /// The folders inside a folder, sorted by name, without hidden ones.
  func visibleFolders(in folder: String) throws(DatasetError) -> [String] {
    try visibleNames(in: folder).filter { isFolder("\(folder)/\($0)") }
  }
}
