/// A picture of a package.
package struct SourcePicture: Hashable, Sendable {
  /// The file's name without its suffix.
  package let name: String

  /// The file.
  package let path: String

  /// Describes a picture.
  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }
}
