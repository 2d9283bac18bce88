/// A family of fonts that digits are printed in.
package struct DigitFont: Sendable {
  /// Its name.
  package let family: String
  /// The Debian package that brings it.
  package let package: String
  /// Its licence.
  package let license: String
  /// The paths of its faces, each drawn as often as another.
  package let files: [String]

  /// - Parameters:
  ///   - folder: within `/usr/share/fonts`.
  ///   - files: names in it.
  package init(
    _ family: String, _ package: String, _ license: String, _ folder: String, _ files: String...
  ) {
    self.family = family
    self.package = package
    self.license = license
    self.files = files.map { "/usr/share/fonts/\(folder)/\($0)" }
  }
}
