import Files

/// The entries of a folder of pictures.
package struct FolderListing {
  private let entries: FolderEntries

  /// The names, sorted by their bytes; hidden ones are included.
  package var names: [String] { entries.names }
  /// The names that are not UTF-8.
  package var undecodable: [FolderEntries.Undecodable] { entries.undecodable }

  /// Whether the folder is empty.
  package var isEmpty: Bool { names.isEmpty && undecodable.isEmpty }

  /// Lists a folder.
  /// - Throws: `DatasetError.unreadable` with the system's reason.
  package init(of folder: String) throws(DatasetError) {
    do throws(FileError) {
      entries = try FolderEntries(of: folder)
    } catch {
      throw .unreadable(path: folder, reason: error.reason)
    }
  }

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
}
