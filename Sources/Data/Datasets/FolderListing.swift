import Foundation

/// The entries of a folder as the system lists them: Foundation silently leaves out names that are not UTF-8.
package struct FolderListing {
  /// A name that is not UTF-8.
  package struct Undecodable: Sendable, Equatable {
    /// The name, with bytes that are not UTF-8 written as `\xE9`.
    package let name: String
    /// Whether it is a folder, or a link to one.
    package let isFolder: Bool
  }

  /// The names, sorted by their bytes; hidden ones are included.
  package let names: [String]
  /// The names that are not valid text.
  package let undecodable: [Undecodable]

  /// Whether the folder is empty.
  package var isEmpty: Bool { names.isEmpty && undecodable.isEmpty }

  /// Folders that programs leave behind for themselves: macOS in archives, network drives for their thumbnails.
  private static let leftovers: Set<String> = ["__MACOSX", "@eaDir"]

  /// The names without hidden ones and what programs leave behind for themselves.
  var visibleNames: [String] {
    names.filter { !$0.utf8.starts(with: ".".utf8) && !Self.leftovers.contains($0) }
  }

  /// The visible folders and pictures that cannot be opened, since their names are not UTF-8.
  func unopenable(in folder: String) -> [DatasetError] {
    undecodable.filter {
      !$0.name.hasPrefix(".") && ($0.isFolder || ImageDataset.isImageName($0.name))
    }
    .map { .undecodableName(folder: folder, name: $0.name) }
  }

  /// Lists a folder.
  /// - Throws: `DatasetError.unreadable` with the system's reason.
  package init(of folder: String) throws(DatasetError) {
    guard let directory = opendir(folder) else {
      throw .unreadable(path: folder, reason: String(cString: strerror(errno)))
    }
    defer { closedir(directory) }
    var names: [String] = []
    var undecodable: [Undecodable] = []
    errno = 0
    while let entry = readdir(directory) {
      let start = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
      let name = (UnsafeRawPointer(entry) + start).assumingMemoryBound(to: CChar.self)
      if let text = String(validatingCString: name) {
        if text != ".", text != ".." { names.append(text) }
      } else {
        var status = stat()
        let isFolder =
          fstatat(dirfd(directory), name, &status, 0) == 0 && status.st_mode & S_IFMT == S_IFDIR
        undecodable.append(Undecodable(name: Self.escaped(name), isFolder: isFolder))
      }
      errno = 0
    }
    guard errno == 0 else {
      throw .unreadable(path: folder, reason: String(cString: strerror(errno)))
    }
    self.names = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.undecodable = undecodable
  }

  private static func escaped(_ name: UnsafePointer<CChar>) -> String {
    UnsafeBufferPointer(start: name, count: strlen(name)).reduce(into: "") { result, byte in
      result +=
        (32..<127).contains(byte)
        ? String(UnicodeScalar(UInt8(byte)))
        : String(format: "\\x%02X", Int(UInt8(bitPattern: byte)))
    }
  }
}
