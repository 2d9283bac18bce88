#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The entries of a folder as the system lists them: Foundation silently leaves out names that are not UTF-8.
package struct FolderEntries {
  /// A name that is not UTF-8.
  package struct Undecodable: Sendable, Equatable {
    /// The name, with bytes that are not ASCII text written as `\xE9`.
    package let name: String
    /// Whether it is a folder, or a link to one.
    package let isFolder: Bool
  }

  /// The names, sorted by their bytes; hidden ones are included.
  package let names: [String]
  /// The names that are not valid text.
  package let undecodable: [Undecodable]

  /// Lists a folder.
  /// - Throws: `FileError`, also where the system fails after some of the names.
  package init(of folder: String) throws(FileError) {
    guard let directory = opendir(folder) else {
      throw FileError(.list, path: folder, code: errno)
    }
    defer { closedir(directory) }
    var names: [String] = []
    var undecodable: [Undecodable] = []
    // The end of the list and a failure look the same but for this number.
    errno = 0
    while let entry = readdir(directory) {
      // A record is as long as its name, shorter than the type that it has in C, so that only a pointer may reach into it.
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
    guard errno == 0 else { throw FileError(.list, path: folder, code: errno) }
    self.names = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.undecodable = undecodable
  }

  private static func escaped(_ name: UnsafePointer<CChar>) -> String {
    UnsafeBufferPointer(start: name, count: strlen(name)).reduce(into: "") { result, character in
      let byte = UInt8(bitPattern: character)
      if (32..<127).contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}
