import Foundation

/// The files of a data set, without their pixels: what a run remembers of its data.
public struct DatasetFiles: Sendable, Equatable {
  /// A file, an image or a label map.
  public struct File: Sendable, Equatable {
    /// Its path relative to the set's folder.
    public let name: String
    /// The class of an image; nil for label maps, and for images whose pixels have their own classes.
    public let label: Int?
    /// The number of its bytes; -1 if it does not exist.
    public let size: Int
    /// The hash of its bytes, if they were read.
    public let contents: UInt64?
  }

  /// The files, in the order of the set.
  public let files: [File]

  init(_ files: [File]) {
    self.files = files
  }

  /// Examines every file of `dataset`.
  /// - Parameter readsContents: whether the bytes are read too, which takes as long as the disk needs.
  public init(of dataset: some LabelledDataset, readsContents: Bool = false) {
    let folder = dataset.folder
    files = (0..<dataset.count).flatMap { index in
      dataset.files(of: index).map { file in
        File(
          file, below: folder, label: dataset.label(of: index), readsContents: readsContents)
      }
    }
  }

  /// Examines files that have no classes.
  public init(_ paths: [String], below folder: String, readsContents: Bool = false) {
    files = paths.map {
      File(DataFile(path: $0), below: folder, label: nil, readsContents: readsContents)
    }
  }
}

extension DatasetFiles.File {
  /// A file on disk by its path in the folder, a part of an archive by its name there.
  fileprivate init(_ file: DataFile, below folder: String, label: Int?, readsContents: Bool) {
    if let part = file.part {
      name = part.name
      self.label = label
      size = part.size
      contents = readsContents ? (try? file.bytes()).map { StableHash.fnv1a($0) } : nil
      return
    }
    let path = file.path
    let prefix = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
    name = path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    self.label = label
    var information = stat()
    let isThere = stat(path, &information) == 0
    size = isThere ? Int(information.st_size) : -1
    let isFile = isThere && information.st_mode & S_IFMT == S_IFREG
    let bytes =
      readsContents && isFile
      ? try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) : nil
    contents = bytes?.withUnsafeBytes { StableHash.fnv1a($0) }
  }
}

extension DatasetFiles {
  /// A line for each file: label, size, hash of the bytes and name, with tabs between; `-` for what is not known.
  public var text: String {
    files.map { file in
      let contents = file.contents.map { String($0, radix: 16) } ?? "-"
      return "\(Self.line(of: file))\t\(contents)\t\(Self.escaped(file.name))\n"
    }.joined()
  }

  /// The files of such a text; nil if the text has another form.
  public init?(_ text: some StringProtocol) {
    var files: [File] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 3)
        .map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 4, let size = Int(parts[1]) else { return nil }
      files.append(
        File(
          name: Self.unescaped(parts[3]), label: Int(parts[0]), size: size,
          contents: UInt64(parts[2], radix: 16)))
    }
    self.files = files
  }

  /// The hash of labels, sizes and names, in their order.
  var hash: UInt64 {
    StableHash.fnv1a(
      files.lazy.flatMap { "\(Self.line(of: $0))\t\(Self.escaped($0.name))\n".utf8 })
  }

  /// The hash of all bytes; nil if they were not read.
  var contentsHash: UInt64? {
    guard files.contains(where: { $0.contents != nil }) else { return nil }
    return StableHash.fnv1a(files.map { "\($0.contents ?? 0)" }.joined(separator: "\n"))
  }

  private static func line(of file: File) -> String {
    "\(file.label.map(String.init) ?? "-")\t\(file.size)"
  }

  /// A name in which all characters that would end a line are escaped.
  private static func escaped(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 }) else { return name }
    return name.unicodeScalars.map { scalar in
      scalar == "\\" || scalar.value < 0x20
        ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }.joined()
  }

  private static func unescaped(_ text: String) -> String {
    guard text.contains("\\") else { return text }
    return text.replacing(#/\\u\{([0-9a-f]+)\}/#) { match in
      UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String($0) } ?? ""
    }
  }
}
