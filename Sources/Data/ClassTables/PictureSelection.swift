/// Which pictures of a package belong to a class.
package struct PictureSelection: Hashable, Sendable {
  /// Patterns of names to take from one topic folder.
  package struct Topic: Hashable, Sendable {
    /// The folder, relative to the package's root.
    package let folder: String

    /// Which of its pictures to take.
    package let patterns: [NamePattern]
  }

  /// What to take.
  package let topics: [Topic]

  /// Names that are taken but are not pictures of the class.
  package let leftOut: [NamePattern]

  /// Names of near duplicates of pictures that are taken.
  package let twins: [NamePattern]
}
