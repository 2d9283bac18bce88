import ClassTables

/// Makes the data set from a class table and two packages.
package struct DrawingsPhotographsMaker: Sendable {
  package static let sizes = 16...1024

  let table: ClassTable
  let drawings: PicturePackage
  let photographs: PicturePackage
  let background: DrawingsPhotographs.Background
  let size: Int

  /// Describes what to make, and from what.
  package init(
    table: ClassTable, drawings: PicturePackage = .drawings,
    photographs: PicturePackage = .photographs, background: DrawingsPhotographs.Background,
    size: Int
  ) {
    self.table = table
    self.drawings = drawings
    self.photographs = photographs
    self.background = background
    self.size = size
  }

  /// Makes the data set, or finds it finished; see ``DrawingsPhotographs/make(at:background:size:)``.
  package func make(
    at path: String
  ) throws(DrawingsPhotographs.MakingError) -> DrawingsPhotographs.Summary {
    guard Self.sizes.contains(size) else { throw .invalidSize(size) }
    let folder = OutputFolder(path)
    folder.recover()
    if let record = try? DataSetRecord(ofFolder: folder.url) {
      if record.recipe == recipe && record.isComplete(in: folder.url) {
        return DrawingsPhotographs.Summary(
          folder: path, wasFinished: true, classes: record.counts)
      }
    } else if !folder.isFree {
      throw .folder(.occupied(folder: path))
    }
    let classes = try selectedClasses()
    let record = DataSetRecord(recipe: recipe, classes: classes.map(\.count))
    do {
      try folder.fill { partial in
        try write(classes, to: partial)
        try partial.write(text(of: record), to: DataSetRecord.fileName)
        try partial.write(readme(of: record), to: "README.md")
      }
    } catch let error as DrawingsPhotographs.MakingError {
      throw error
    } catch {
      throw .folder(error as? FolderError ?? FolderError(path: path, error))
    }
    return DrawingsPhotographs.Summary(folder: path, wasFinished: false, classes: record.counts)
  }

  private func text(of record: DataSetRecord) throws(DrawingsPhotographs.MakingError) -> String {
    do { return try record.text() } catch { throw .table("\(error)") }
  }

  private var recipe: DataSetRecord.Recipe {
    DataSetRecord.Recipe(
      tableVersion: table.version, tableFingerprint: table.fingerprint,
      background: background.description, size: size)
  }

  private func selectedClasses() throws(DrawingsPhotographs.MakingError) -> [SelectedClass] {
    for package in [drawings, photographs] where !package.isInstalled {
      throw .missingPackage(name: package.name, folder: package.root)
    }
    var classes = [SelectedClass]()
    for entry in table.entries {
      let selected = SelectedClass(
        name: entry.name, drawings: HeldOutSplit(entry.drawings.pictures(in: drawings)),
        photographs: entry.photographs.pictures(in: photographs))
      if selected.drawings.training.isEmpty {
        throw .emptyClass(name: entry.name, package: drawings.name)
      }
      if selected.photographs.isEmpty {
        throw .emptyClass(name: entry.name, package: photographs.name)
      }
      classes.append(selected)
    }
    return classes
  }
}
