import Foundation

/// A pattern of file names: `*` stands for any text, `?` for one character, `[...]` for one of several characters.
package struct NamePattern: Hashable, Sendable {
  /// The pattern as it is written.
  package let text: String

  /// Creates a pattern.
  package init(_ text: String) {
    self.text = text
  }

  /// Whether the whole name fits the pattern; capital and small letters differ.
  package func matches(_ name: String) -> Bool {
    fnmatch(text, name, FNM_NOESCAPE) == 0
  }
}
