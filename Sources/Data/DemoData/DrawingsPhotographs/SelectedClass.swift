import ClassTables

/// A class with the pictures found for it.
struct SelectedClass: Sendable {
  let name: String
  let drawings: HeldOutSplit
  let photographs: [SourcePicture]

  var count: DataSetRecord.ClassCount {
    DataSetRecord.ClassCount(
      name: name, training: drawings.training.count, heldOut: drawings.heldOut.count,
      photographs: photographs.count)
  }

  /// The class's folders, relative to the data set's, and what goes into each.
  var folders: [(path: String, pictures: [SourcePicture])] {
    let paths = Self.Paths(name)
    return [
      (paths.training, drawings.training), (paths.heldOut, drawings.heldOut),
      (paths.photographs, photographs),
    ]
  }

  /// The places of a class in the folder of the data set.
  struct Paths {
    let training: String
    let heldOut: String
    let photographs: String

    init(_ name: String) {
      training = "drawings/train/\(name)"
      heldOut = "drawings/held-out/\(name)"
      photographs = "photographs/\(name)"
    }
  }
}
