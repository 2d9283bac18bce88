/// How the classes of a data set stand to those that a network distinguishes.
struct ClassAlignment {
  /// The class of the network that each class of the set is judged as; nil for one that is left out.
  let targets: [Int?]
  private let names: [String]
  /// Names that are to be renamed, but that the set does not have.
  private let unused: [String]
  private let classes: [String]

  /// Compares classes by name.
  /// - Parameters:
  ///   - names: the classes of the set.
  ///   - path: the set's path, for errors.
  ///   - classes: the classes of the network.
  ///   - renaming: names of the network by names of the set; nil leaves a class out. Names that the set does not have are ignored.
  /// - Throws: `DatasetError.otherClasses` where no class is shared, `.unknownClass` where a name is given to none of the network's.
  init(
    of names: [String], at path: String, to classes: [String], renaming: [String: String?]
  ) throws(DatasetError) {
    for (old, new) in renaming.sorted(by: { $0.key < $1.key }) {
      if let new, !classes.contains(new) {
        throw .unknownClass(name: old, as: new, classes: classes)
      }
    }
    let places = Dictionary(zip(classes, classes.indices), uniquingKeysWith: { first, _ in first })
    targets = names.map { name in
      if let given = renaming[name] { return given.flatMap { places[$0] } }
      return places[name]
    }
    guard targets.contains(where: { $0 != nil }) else {
      throw .otherClasses(path: path, expected: classes, found: names)
    }
    self.names = names
    unused = renaming.keys.filter { !names.contains($0) }.sorted()
    self.classes = classes
  }

  /// Whether nothing is renamed, missing or left out.
  var isIdentity: Bool { names == classes && targets == Array(classes.indices) }

  /// What is judged, where this is not everything, in a sentence without its subject.
  /// - Parameter leftOut: the number of images left out; nil where pixels have classes.
  func remark(leftOut: Int?) -> String? {
    let judged = Set(targets.compactMap { $0 })
    let missing = classes.indices.filter { !judged.contains($0) }.map { classes[$0] }
    let dropped = zip(names, targets).filter { $0.1 == nil }.map(\.0)
    var clauses: [String] = []
    if !missing.isEmpty { clauses.append("it has no \(Self.list(missing))") }
    if !dropped.isEmpty {
      let images = leftOut.map { $0 == 1 ? ", 1 image" : ", \($0) images" } ?? ""
      clauses.append("left out are its classes \(Self.list(dropped))\(images)")
      if !unused.isEmpty {
        clauses.append("other names are given to \(Self.list(unused)), which it does not have")
      }
    }
    guard !clauses.isEmpty else { return nil }
    return "judged on \(judged.count) of \(classes.count) classes: "
      + clauses.joined(separator: "; ")
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ")
      + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }
}
