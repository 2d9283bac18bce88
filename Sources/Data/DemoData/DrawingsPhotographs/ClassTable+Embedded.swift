import ClassTables
import Datasets

extension ClassTable {
  /// The table of the data set.
  ///
  /// - Throws: An error that names the line where the table was edited wrongly.
  package static func embedded() throws -> ClassTable {
    // Compiled in, not a resource bundle, so that the command finds it wherever it is copied.
    try ClassTable(
      parsing: String(decoding: PackageResources.drawings_photographs_yaml, as: UTF8.self),
      source: "drawings-photographs.yaml")
  }

  /// The hash of the table's text, in hexadecimal digits.
  var fingerprint: String { String(StableHash.fnv1a(text), radix: 16) }
}
