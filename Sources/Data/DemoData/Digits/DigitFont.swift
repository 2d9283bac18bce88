/// A family of fonts that digits are printed in.
package struct DigitFont: Sendable {
  /// Its name.
  package let family: String
  /// The Debian package that contains it.
  package let package: String
  /// Its licence.
  package let license: String
  /// The paths of its faces, which are drawn equally often.
  package let files: [String]

  /// - Parameters:
  ///   - folder: the folder within `/usr/share/fonts`.
  ///   - files: the names of the files in this folder.
  package init(
    _ family: String, _ package: String, _ license: String, _ folder: String, _ files: String...
  ) {
    self.family = family
    self.package = package
    self.license = license
    self.files = files.map { "/usr/share/fonts/\(folder)/\($0)" }
  }
}
