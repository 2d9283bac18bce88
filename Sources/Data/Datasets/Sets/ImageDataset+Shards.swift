extension ImageDataset {
  /// The samples of tar shards with a picture and a class's number each: `key.jpg` (or `.jpeg`, `.png`, `.webp`) and `key.cls`.
  ///
  /// Folders in the keys name the classes as in a list file. The samples stand in the order of the shards.
  init(shards path: String) throws(DatasetError) {
    var entries: [(file: DataFile, key: String, label: Int)] = []
    for sample in try TarShards(at: path).samples {
      if let picture = try sample.picture() {
        entries.append((picture, sample.key, try sample.classNumber()))
      } else if sample.fields[TarShards.Sample.label] != nil {
        throw .badSample(
          sample.name, problem: "has a class but no picture (.jpg, .jpeg, .png or .webp)")
      }
    }
    guard let largest = entries.map(\.label).max() else {
      throw .empty(
        path: path, expected: "samples of a picture (.jpg, .jpeg, .png or .webp) and a class (.cls)"
      )
    }
    let (classes, first) = Self.classNames(
      of: entries.map { (path: $0.key, label: $0.label) }, count: largest + 1)
    self.init(
      path: path, classes: classes,
      samples: entries.map { Sample($0.file, label: $0.label - first) })
  }
}
