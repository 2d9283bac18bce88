/// A family of fonts that digits are printed in.
struct DigitFont: Sendable {
  /// Its name.
  let family: String
  /// The Debian package that brings it.
  let package: String
  /// Its licence.
  let license: String
  /// The paths of its faces, each drawn as often as another.
  let files: [String]

  /// - Parameters:
  ///   - folder: within `/usr/share/fonts`.
  ///   - files: names in it.
  init(_ family: String, _ package: String, _ license: String, _ folder: String, _ files: String...)
  {
    self.family = family
    self.package = package
    self.license = license
    self.files = files.map { "/usr/share/fonts/\(folder)/\($0)" }
  }
}
