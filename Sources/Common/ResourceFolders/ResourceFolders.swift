import Foundation

/// The folders where files that a program needs, such as published weights, are looked for.
///
/// The order is the same for every kind of resource; for the kind `weights` it is:
/// 1. the folder that an environment variable names; if it names one, the others are not used;
/// 2. `weights` beside the executable;
/// 3. if the executable is part of a Python package, in its folder `bin`: the folders of other packages, beside that one;
/// 4. `.deps/weights` of the working folder, a checkout of the package;
/// 5. `.deps/weights` of the checkout whose `.build` holds the executable;
/// 6. where other programs keep the same files, for kinds that have such places.
public struct ResourceFolders: Sendable, Equatable {
  /// The folders in their order, whether they exist or not.
  public let paths: [String]

  /// The folders of a kind of resource for this process.
  /// - Parameters:
  ///   - name: the name of the kind, such as `weights`.
  ///   - variable: the environment variable that names a folder instead of all others.
  ///   - checkout: where a checkout holds them; `.deps/NAME` by default.
  ///   - packages: where Python packages hold them, by paths that begin with the package's folder.
  ///   - others: where other programs keep the same files.
  public init(
    _ name: String, variable: String, checkout: String? = nil, packages: [String] = [],
    others: [String] = []
  ) {
    self.init(
      name, chosen: ProcessInfo.processInfo.environment[variable],
      executable: Bundle.main.executableURL?.resolvingSymlinksInPath().path,
      workingFolder: FileManager.default.currentDirectoryPath, checkout: checkout,
      packages: packages, others: others)
  }

  /// The folders of a kind of resource.
  /// - Parameters:
  ///   - chosen: the value of the environment variable; nil or empty where it is not set.
  ///   - executable: the path of the running program, with links resolved.
  package init(
    _ name: String, chosen: String?, executable: String?, workingFolder: String,
    checkout: String? = nil, packages: [String] = [], others: [String] = []
  ) {
    if let chosen, !chosen.isEmpty {
      paths = [chosen]
      return
    }
    let inCheckout = checkout ?? ".deps/\(name)"
    var paths: [String] = []
    if let executable {
      paths.append((executable as NSString).deletingLastPathComponent + "/\(name)")
      if let site = Self.folderOfPackages(holding: executable) {
        paths += packages.map { "\(site)/\($0)" }
      }
    }
    paths.append("\(workingFolder)/\(inCheckout)")
    if let executable, let build = executable.range(of: "/.build/") {
      paths.append("\(executable[..<build.lowerBound])/\(inCheckout)")
    }
    self.paths = (paths + others).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The first folder that holds `file`; nil if none does.
  public func first(holding file: String) -> String? {
    paths.first { FileManager.default.fileExists(atPath: "\($0)/\(file)") }
  }

  /// The folder of the Python packages, `site-packages` as a rule, one of which holds the executable in its `bin`; nil
  /// where none does.
  private static func folderOfPackages(holding executable: String) -> String? {
    let folder = URL(fileURLWithPath: executable).deletingLastPathComponent()
    let package = folder.deletingLastPathComponent()
    guard folder.lastPathComponent == "bin",
      FileManager.default.fileExists(atPath: package.path + "/__init__.py")
    else { return nil }
    return package.deletingLastPathComponent().path
  }
}
