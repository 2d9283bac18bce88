/// Style and script of the page, and what a browser may do with it.
enum PageResources {
  static let style = HTML(
    ofProgram: String(decoding: PackageResources.report_css, as: UTF8.self))
  static let script = HTML(
    ofProgram: String(decoding: PackageResources.report_js, as: UTF8.self))

  /// The SHA-256 of the script; a test compares. A browser runs no other script, whatever a run's files hold.
  static let scriptHash = "mdoDXYvYE7h959X23y+Af7dBbxHbblfZVTbzq35FmCw="

  /// Show the page and run its own script, but load and send nothing.
  static let policy = HTML(
    ofProgram:
      "default-src 'none'; script-src 'sha256-\(scriptHash)'; style-src 'unsafe-inline'; img-src data:; "
      + "base-uri 'none'; form-action 'none'")
}
