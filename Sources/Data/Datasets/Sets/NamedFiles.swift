/// Finds the files of data sets by the names that they have in records: paths, which may lead into a tar archive.
package struct NamedFiles {
  /// The members of the archives that were asked for, by their names.
  private var archives: [String: [String: TarIndex.Member]] = [:]

  /// Knows of no archive yet.
  package init() {}

  /// The file of this name; of a name that leads nowhere, one that cannot be read.
  /// - Throws: `DatasetError.badArchive`.
  package mutating func file(named path: String) throws(DatasetError) -> DataFile {
    guard let (archive, name) = Self.parts(of: path) else { return DataFile(path: path) }
    let members: [String: TarIndex.Member]
    if let known = archives[archive] {
      members = known
    } else {
      members = Dictionary(
        try TarIndex(of: archive).members.map { ($0.name, $0) },
        uniquingKeysWith: { first, _ in first })
      archives[archive] = members
    }
    guard let member = members[name] else { return DataFile(path: path) }
    return DataFile(
      part: ArchivePart(archive: archive, name: name, offset: member.offset, size: member.size))
  }

  /// The archive that a path leads through, and the rest of the path; nil where it leads through none.
  private static func parts(of path: String) -> (archive: String, name: String)? {
    let bytes = path.utf8
    for slash in bytes.indices where bytes[slash] == UInt8(ascii: "/") {
      let archive = String(path[..<slash])
      if TarShards.areNamed(by: archive) {
        return (archive, String(path[bytes.index(after: slash)...]))
      }
    }
    return nil
  }
}
