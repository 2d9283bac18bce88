import Datasets
import Foundation

/// The list of the files that a maker has put into a folder; it is in the folder itself. No other file is ever deleted.
struct MadeFiles {
  /// The name of the list's file.
  static let fileName = "made-files.txt"

  /// A hash of each file's bytes by its path within the folder.
  private let hashes: [String: UInt64]

  /// The list of a folder; nil if it has none.
  init?(listedIn folder: URL) {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent(Self.fileName)) else {
      return nil
    }
    hashes = String(decoding: data, as: UTF8.self).split(separator: "\n").reduce(into: [:]) {
      let parts = $1.split(separator: " ", maxSplits: 1)
      if parts.count == 2, let hash = UInt64(parts[0], radix: 16) { $0[String(parts[1])] = hash }
    }
  }

  /// Everything that a folder holds now.
  init(in folder: URL) throws {
    hashes = try Self.entries(of: folder).reduce(into: [:]) { hashes, entry in
      if !entry.isFolder { hashes[entry.path] = try Self.hash(folder, entry.path) }
    }
  }

  /// Whether nothing is listed yet.
  var isEmpty: Bool { hashes.isEmpty }

  /// One line per file, sorted.
  var text: String {
    hashes.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { String(format: "%016lx", $0.value) + " " + $0.key + "\n" }.joined()
  }

  /// The first entry of a folder that is not listed or was changed; nil if there is none.
  func firstForeign(in folder: URL) throws -> String? {
    let folders = Set(
      hashes.keys.flatMap { path in
        path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
      })
    // Folders with nothing in them are no loss: a maker makes them too, for parts of no pictures.
    let file = try Self.entries(of: folder).first { entry in
      if entry.isFolder { return false }
      guard let hash = hashes[entry.path] else { return true }
      return try Self.hash(folder, entry.path) != hash
    }?.path
    return file.map { path in
      let parents = path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
      return parents.first { !folders.contains($0) } ?? path
    }
  }

  /// All files and folders below a folder except the list; links are not followed.
  private static func entries(
    of folder: URL, below path: String = ""
  ) throws -> [(path: String, isFolder: Bool)] {
    let listing = try FolderListing(of: folder.path)
    return try listing.undecodable.map { (path + $0.name, $0.isFolder) }
      + listing.names.filter { path + $0 != fileName }.flatMap { name in
        let entry = folder.appendingPathComponent(name)
        let kind = try FileManager.default.attributesOfItem(atPath: entry.path)[.type]
        let isFolder = kind as? FileAttributeType == .typeDirectory
        return [(path + name, isFolder)]
          + (isFolder ? try entries(of: entry, below: path + name + "/") : [])
      }
  }

  /// Nil for what cannot be read, since this was not made by the maker.
  private static func hash(_ folder: URL, _ path: String) throws -> UInt64? {
    let file = folder.appendingPathComponent(path)
    let kind = try FileManager.default.attributesOfItem(atPath: file.path)[.type]
    guard kind as? FileAttributeType == .typeRegular else { return nil }
    return (try? Data(contentsOf: file)).map { StableHash.fnv1a($0) }
  }
}
