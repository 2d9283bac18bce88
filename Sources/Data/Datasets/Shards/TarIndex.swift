/// Where the members of a tar archive lie, so that each can be read without the others.
///
/// Nothing is unpacked. Archives of GNU tar, bsdtar and Python's `tarfile` are read, in their old, ustar, pax and GNU formats; what
/// cannot be read in place – compressed archives, sparse files, links – is refused.
struct TarIndex {
  /// A regular file in the archive.
  struct Member: Equatable, Sendable {
    /// Its name, without `./` at the beginning.
    let name: String
    /// The place of its first byte in the archive.
    let offset: Int
    /// The number of its bytes.
    let size: Int
  }

  /// The regular files, in the order of the archive.
  let members: [Member]

  /// Reads the headers of the archive at `path`.
  /// - Throws: `DatasetError.badArchive`.
  init(of path: String) throws(DatasetError) {
    do throws(TarProblem) {
      var reader = try TarReader(path)
      var members: [Member] = []
      while let member = try reader.next() { members.append(member) }
      self.members = members
    } catch {
      throw .badArchive(path: path, problem: error.sentence)
    }
  }
}
