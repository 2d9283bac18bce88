/// The version of this package.
public enum Version {
  /// By semantic versioning; the top of CHANGELOG.md.
  public static let current = "0.1.0"
}
