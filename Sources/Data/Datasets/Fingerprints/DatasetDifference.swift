/// What differs between a data set as it was before and as it is now.
public struct DatasetDifference: Sendable {
  /// A data set with its files, if they are known.
  public typealias State = (fingerprint: DatasetFingerprint, files: DatasetFiles?)

  private let earlier: State
  private let now: State

  /// The difference from `earlier` to `now`.
  public init(from earlier: State, to now: State) {
    self.earlier = earlier
    self.now = now
  }

  /// What differs, a clause for each kind of change, classes before files; empty if nothing differs.
  public var clauses: [String] {
    guard !now.fingerprint.agrees(with: earlier.fingerprint) else { return [] }
    let clauses = classClauses + (fileClauses ?? countClauses)
    return clauses.isEmpty ? ["names, order or bytes of its files differ"] : clauses
  }

  private var goneClasses: [String] {
    let left = Set(now.fingerprint.classes)
    return earlier.fingerprint.classes.filter { !left.contains($0) }
  }

  private var newClasses: [String] {
    let known = Set(earlier.fingerprint.classes)
    return now.fingerprint.classes.filter { !known.contains($0) }
  }

  private var classClauses: [String] {
    let (before, after) = (earlier.fingerprint, now.fingerprint)
    var (gone, new) = (goneClasses, newClasses)
    var clauses: [String] = []
    for name in gone {
      guard let match = new.first(where: { isSame(name, as: $0) }) else { continue }
      clauses.append("the class '\(name)' is called '\(match)' now")
      gone.removeAll { $0 == name }
      new.removeAll { $0 == match }
    }
    if !gone.isEmpty { clauses.append("without \(Self.classes(gone))") }
    if !new.isEmpty { clauses.append("with \(Self.classes(new)) besides") }
    if clauses.isEmpty, before.classes != after.classes {
      clauses.append("the classes stand in another order")
    }
    if before.labelValues != after.labelValues {
      clauses.append("the values of label maps stand for other classes")
    }
    return clauses
  }

  /// Whether a class that is gone has the same images as a class that is new.
  private func isSame(_ gone: String, as new: String) -> Bool {
    func images(_ state: State, _ name: String) -> [String]? {
      let label = state.fingerprint.classes.firstIndex(of: name)
      return state.files?.files.filter { $0.label == label }
        .map { "\($0.name.split(separator: "/").last ?? "") \($0.size)" }
    }
    guard let before = images(earlier, gone), let after = images(now, new) else { return false }
    return !before.isEmpty && before == after
  }

  /// The changes of files in classes that exist before and after; nil if the files are not known.
  private var fileClauses: [String]? {
    guard let before = kept(earlier, without: goneClasses),
      let after = kept(now, without: newClasses)
    else { return nil }
    let old = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
    let new = Dictionary(after.map { ($0.name, $0) }) { first, _ in first }
    let (gone, added, renamed) = Self.matched(
      before.filter { new[$0.name] == nil }, after.filter { old[$0.name] == nil })
    let stayed = after.compactMap { file in old[file.name].map { (before: $0, after: file) } }
    let relabelled = stayed.filter { $0.before.className != $0.after.className }
    let changed = stayed.filter { !$0.after.holdsSame(as: $0.before) }
    return [
      Self.clause(added, "is new", "are new"),
      Self.clause(gone, "is gone", "are gone"),
      Self.clause(renamed, "has another name", "have other names"),
      Self.clause(relabelled.map(\.after.name), "has another class", "have other classes"),
      Self.clause(changed.map(\.after.name), "has other bytes", "have other bytes"),
    ].compactMap(\.self)
  }

  /// What can be said without a list of the files.
  private var countClauses: [String] {
    let (before, after) = (earlier.fingerprint, now.fingerprint)
    guard before.images != after.images else { return [] }
    return ["\(after.images) images, not \(before.images)"]
  }

  /// A file with the name of its class: if a class is gone, the numbers of the others change.
  private struct ClassedFile {
    let name: String
    let className: String?
    let size: Int
    let contents: UInt64?

    /// Whether the bytes are the same, as far as both are known.
    func holdsSame(as other: ClassedFile) -> Bool {
      size == other.size
        && (contents == nil || other.contents == nil || contents == other.contents)
    }
  }

  /// Files that are gone and files that are new, without renamed ones, which have the same class and size.
  private static func matched(
    _ gone: [ClassedFile], _ new: [ClassedFile]
  ) -> (gone: [String], new: [String], renamed: [String]) {
    func key(_ file: ClassedFile) -> String { "\(file.className ?? "") \(file.size)" }
    // The last of each list is the first in order.
    var candidates = Dictionary(grouping: new.indices.reversed()) { key(new[$0]) }
    var taken = Set<Int>()
    var left: [String] = []
    var renamed: [String] = []
    for file in gone {
      if let index = candidates[key(file)]?.last, new[index].holdsSame(as: file) {
        candidates[key(file)]?.removeLast()
        taken.insert(index)
        renamed.append("\(file.name) is \(new[index].name)")
      } else {
        left.append(file.name)
      }
    }
    return (left, new.indices.filter { !taken.contains($0) }.map { new[$0].name }, renamed)
  }

  private func kept(_ state: State, without classes: [String]) -> [ClassedFile]? {
    let names = state.fingerprint.classes
    return state.files?.files.compactMap { file in
      let name = file.label.flatMap { names.indices.contains($0) ? names[$0] : nil }
      if let name, classes.contains(name) { return nil }
      return ClassedFile(
        name: file.name, className: name, size: file.size, contents: file.contents)
    }
  }

  private static func classes(_ names: [String]) -> String {
    (names.count == 1 ? "the class " : "the classes ") + list(names.map { "'\($0)'" })
  }

  private static func clause(_ names: [String], _ one: String, _ many: String) -> String? {
    guard !names.isEmpty else { return nil }
    let verb = names.count == 1 ? "1 file \(one)" : "\(names.count) files \(many)"
    return "\(verb) (\(list(names)))"
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }
}
