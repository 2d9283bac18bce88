import Foundation

/// The pictures that files, folders and lists name, in the order in which they are named.
public struct PictureFiles: Sendable {
  /// The files, which need not be there or be pictures: only reading them tells.
  public private(set) var paths: [String] = []
  /// Why a folder, a name in it or a list gave nothing.
  public private(set) var failures: [DatasetError] = []
  /// Files of folders whose names end like those of pictures in formats that cannot be read.
  public private(set) var leftOut: [String] = []

  /// The pictures of `names`.
  ///
  /// A folder stands for the pictures in it and in its folders, sorted by name, without hidden ones and what programs leave behind
  /// for themselves; links to folders within it are not followed. A text file (`.txt`) is a list with a path on each line,
  /// relative to the list's folder; a number after the path, as in a data set's list, is not read. Everything else is taken for
  /// a picture.
  /// - Parameter lines: the lines of standard input, which the name `-` stands for; paths relative to the working folder.
  public init(named names: [String], lines: () -> [String] = { [] }) {
    for name in names {
      if name == "-" {
        paths += lines().compactMap { Self.path(ofLine: $0, in: "") }
      } else if FileManager.default.isFolder(name) {
        addFolder(name)
      } else if PathText.pathExtension(of: name).lowercased() == "txt" {
        addList(name)
      } else {
        paths.append(name)
      }
    }
  }

  private mutating func addFolder(_ folder: String) {
    let place = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let walk = FolderWalk(below: place, followsLinks: false)
    let pictures = walk.files.filter(ImageDataset.isImageName)
    paths += pictures.map { "\(place)/\($0)" }
    leftOut += OtherFormats(among: walk.files, in: place).files
    failures += walk.failures
    if pictures.isEmpty, walk.failures.isEmpty {
      failures.append(.empty(path: folder, expected: "pictures (.jpg, .jpeg, .png or .webp)"))
    }
  }

  private mutating func addList(_ list: String) {
    do throws(DatasetError) {
      let folder = PathText.folder(of: list)
      let found = try ListFile.lines(of: list).compactMap {
        Self.path(ofLine: String($0), in: folder)
      }
      paths += found
      if found.isEmpty { failures.append(.empty(path: list, expected: "a path on each line")) }
    } catch {
      failures.append(error)
    }
  }

  /// The path on a line of a list; nil on an empty one.
  private static func path(ofLine line: String, in folder: String) -> String? {
    let text = line.trimmingCharacters(in: .whitespaces)
    if text.isEmpty { return nil }
    func located(_ path: String) -> String {
      path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
    }
    // A label after the path, unless this is the name of a file.
    if let space = text.lastIndex(where: \.isWhitespace), Int(text[space...].dropFirst()) != nil,
      !FileManager.default.fileExists(atPath: located(text))
    {
      return located(text[..<space].trimmingCharacters(in: .whitespaces))
    }
    return located(text)
  }
}
