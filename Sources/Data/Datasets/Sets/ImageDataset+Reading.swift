import Foundation

extension ImageDataset {
  /// The name of the list file inside a folder of the VisDA-17 layout.
  static let listName = "image_list.txt"

  /// The images at `path`: a folder of class folders, a folder with an `image_list.txt`, a list file, or tar shards.
  /// - Throws: `DatasetError` if it is none of these or has no images.
  public init(at path: String) throws {
    if TarShards.areNamed(by: path) {
      try self.init(shards: path)
      return
    }
    guard FileManager.default.fileExists(atPath: path) else {
      throw DatasetError.notFound(path: path)
    }
    let list = path + "/" + Self.listName
    if !FileManager.default.isFolder(path) {
      try self.init(listFile: path, named: path)
    } else if FileManager.default.fileExists(atPath: list) {
      try self.init(listFile: list, named: path)
    } else {
      try self.init(folder: path)
    }
  }

  /// A folder with one folder of images per class; classes and images are sorted by name.
  private init(folder: String) throws {
    let files = FileManager.default
    let names = try files.visibleNames(in: folder)
    let classes = names.filter { files.isFolder("\(folder)/\($0)") }
    if let (first, second) = Self.twins(among: classes) {
      throw DatasetError.twins(folder: folder, first: first, second: second)
    }
    var others = OtherFormats(among: names)
    guard !classes.isEmpty else {
      let images = names.count(where: Self.isImageName)
      if images > 0 { throw DatasetError.unlabelled(path: folder, images: images) }
      try Self.requireReadable(others, in: folder)
      throw DatasetError.empty(path: folder, expected: "one folder of images per class")
    }
    var samples: [Sample] = []
    var overlooked = names.filter { Self.isImageName($0) && !files.isFolder("\(folder)/\($0)") }
    for (label, name) in classes.enumerated() {
      let classFolder = folder + "/" + name
      let entries = try files.visibleNames(in: classFolder)
      let images = entries.filter(Self.isImageName)
      guard !images.isEmpty else {
        try Self.requireReadable(OtherFormats(among: entries), in: classFolder)
        let inner = try entries.filter {
          try !Self.imageNames(below: "\(classFolder)/\($0)").isEmpty
        }
        if !inner.isEmpty {
          throw DatasetError.nestedClasses(path: folder, folder: name, inner: inner)
        }
        throw DatasetError.empty(
          path: classFolder, expected: "images (.jpg, .jpeg, .png or .webp) of the class '\(name)'")
      }
      samples += images.map { Sample(path: classFolder + "/" + $0, label: label) }
      overlooked += Self.imageNames(inFoldersOf: entries, in: classFolder).map { "\(name)/\($0)" }
      others.add(entries, in: name)
    }
    self.init(
      path: folder, classes: classes, samples: samples, overlooked: overlooked,
      otherFormats: others)
  }

  /// Refuses a folder whose pictures are all in formats that are not read.
  static func requireReadable(_ others: OtherFormats, in folder: String) throws(DatasetError) {
    guard !others.files.isEmpty else { return }
    throw .otherFormats(path: folder, counts: others.counts, advice: OtherFormats.advice)
  }

  /// Two names that Swift, like many programs, takes for equal: their scalars differ, but not their meaning.
  private static func twins(among names: [String]) -> (String, String)? {
    var seen: Set<String> = []
    for name in names {
      let (isNew, former) = seen.insert(name)
      if !isNew { return (former, name) }
    }
    return nil
  }

  /// The pictures in the subfolders of a folder, which are not used, but told; those that cannot be listed are no reason to refuse
  /// the others.
  static func imageNames(inFoldersOf entries: [String], in folder: String) -> [String] {
    entries.filter { !isImageName($0) && FileManager.default.isFolder("\(folder)/\($0)") }
      .flatMap { name in
        FolderWalk(below: "\(folder)/\(name)", followsLinks: true).files.filter(isImageName)
          .sorted().map { "\(name)/\($0)" }
      }
  }

  /// Reads `path label` lines, with paths relative to the list's own folder; where the first image is not there, to a folder
  /// around or beside it (as in PACS).
  ///
  /// If all images of every label share their first folder (as in VisDA-17) or their last one (as in DomainNet), the folders
  /// name the classes, and labels may begin with 1 (as in PACS); otherwise the numbers do.
  private init(listFile: String, named path: String) throws {
    var entries: [(path: String, label: Int)] = []
    for (index, line) in try ListFile.lines(of: listFile).enumerated() {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.isEmpty { continue }
      guard let space = trimmed.lastIndex(where: \.isWhitespace),
        let label = Int(trimmed[trimmed.index(after: space)...]), (0..<100_000).contains(label)
      else {
        throw DatasetError.badLine(path: listFile, line: index + 1, text: trimmed)
      }
      entries.append((trimmed[..<space].trimmingCharacters(in: .whitespaces), label))
    }
    guard let largest = entries.map(\.label).max() else {
      throw DatasetError.empty(path: listFile, expected: "'path label' lines")
    }
    let root = Self.root(of: entries[0].path, in: listFile)
    let (classes, first) = Self.classNames(of: entries, count: largest + 1)
    self.init(
      path: path, classes: classes,
      samples: entries.map { entry in
        let isAbsolute = entry.path.hasPrefix("/") || root.isEmpty
        return Sample(
          path: isAbsolute ? entry.path : root + "/" + entry.path, label: entry.label - first)
      })
  }

  /// The folder that the paths of a list are relative to: its own, that around it, or one beside it, whichever holds `image`.
  private static func root(of image: String, in listFile: String) -> String {
    let files = FileManager.default
    let own = PathText.folder(of: listFile)
    func holds(_ folder: String) -> Bool {
      files.fileExists(atPath: folder.isEmpty ? image : "\(folder)/\(image)")
    }
    if image.hasPrefix("/") || own.isEmpty || holds(own) { return own }
    let around = PathText.folder(of: own)
    if around.isEmpty || holds(around) { return around.isEmpty ? own : around }
    let beside = (try? files.visibleFolders(in: around)) ?? []
    return beside.map { "\(around)/\($0)" }.first(where: holds) ?? own
  }

  /// The names of the classes, and the label of the first: 0, or 1 where folders name the classes and all labels from 1 on occur.
  static func classNames(
    of entries: [(path: String, label: Int)], count: Int
  ) -> (names: [String], first: Int) {
    let first = entries.contains { $0.label == 0 } ? 0 : 1
    let parts = entries.map { (folders: $0.path.split(separator: "/").dropLast(), $0.label) }
    for folder in [\ArraySlice<Substring>.first, \.last] {
      var folders = [Set<Substring>](repeating: [], count: count)
      for (path, label) in parts { folders[label].insert(path[keyPath: folder] ?? "") }
      let names = folders.dropFirst(first).map { $0.count == 1 ? String($0.first ?? "") : "" }
      if !names.contains(""), Set(names).count == names.count { return (names, first) }
    }
    return ((0..<count).map(String.init), 0)
  }

  /// The names of the pictures below a folder, at any depth, sorted, without hidden ones; none if there is no such folder. Links to
  /// folders are followed, but not to one that they are in.
  /// - Throws: `DatasetError.unreadable` for a folder that cannot be listed, `.undecodableName`.
  public static func imageNames(below folder: String) throws(DatasetError) -> [String] {
    guard FileManager.default.isFolder(folder) else { return [] }
    let walk = FolderWalk(below: folder, followsLinks: true)
    if let failure = walk.failures.first { throw failure }
    return walk.files.filter(isImageName).sorted()
  }

  /// Whether a file's name is that of a picture that can be read.
  public static func isImageName(_ name: String) -> Bool {
    ["jpg", "jpeg", "png", "webp"].contains(PathText.pathExtension(of: name).lowercased())
  }
}
