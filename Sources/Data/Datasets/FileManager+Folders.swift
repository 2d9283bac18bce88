import Foundation

extension FileManager {
  /// Whether a folder is at `path`.
  package func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// What a folder holds, sorted by name, without hidden entries.
  func visibleNames(in folder: String) throws -> [String] {
    try contentsOfDirectory(atPath: folder)
      .filter { !$0.hasPrefix(".") }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The folders that a folder holds, sorted by name, without hidden ones.
  func visibleFolders(in folder: String) throws -> [String] {
    try visibleNames(in: folder).filter { isFolder("\(folder)/\($0)") }
  }
}
