/// The version of this package.
public enum Version {
  /// The version by semantic versioning, the same as at the top of CHANGELOG.md.
  public static let current = "0.1.0"
}
