/// The classes of the data set, and the drawings and photographs of each.
package struct ClassTable: Hashable, Sendable {
  /// A class.
  package struct Entry: Hashable, Sendable {
    /// The class's name, which is also the name of its folder.
    package let name: String

    /// Its drawings.
    package let drawings: PictureSelection

    /// Its photographs.
    package let photographs: PictureSelection
  }

  /// Increased with every change of the table.
  package let version: Int

  /// The text that the table was read from.
  package let text: String

  /// The classes, ordered by name.
  package let entries: [Entry]
}
