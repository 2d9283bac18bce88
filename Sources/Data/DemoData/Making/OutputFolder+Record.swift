import Foundation

extension OutputFolder {
  /// Fills the folder with the set that a record describes, unless it holds this set already.
  ///
  /// - Parameters:
  ///   - record: everything that decides what the set is.
  ///   - name: the JSON file in the folder that holds the record.
  ///   - isComplete: whether an existing set with this record still holds everything.
  /// - Returns: Whether the set was there before.
  /// - Throws: `FolderError.occupied` if the folder holds anything but a set with such a record; and what `fill` throws.
  func fill<Record: Codable & Equatable>(
    describedBy record: Record, in name: String, isComplete: () -> Bool = { true },
    _ fill: (PartialFolder) throws -> Void
  ) throws -> Bool {
    recover()
    let former = (try? Data(contentsOf: url.appendingPathComponent(name))).flatMap {
      try? JSONDecoder().decode(Record.self, from: $0)
    }
    if former == record, isComplete() { return true }
    guard former != nil || isFree else { throw FolderError.occupied(folder: path) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(record), as: UTF8.self)
    try self.fill { partial in
      try fill(partial)
      try partial.write(text, to: name)
    }
    return false
  }
}
