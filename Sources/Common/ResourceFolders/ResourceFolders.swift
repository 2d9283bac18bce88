import Foundation

/// The folders where files that a program needs, such as published weights, are looked for.
///
/// The order is the same for every kind of resource; for the kind `weights` it is:
/// 1. the folder that an environment variable names; if it names one, the others are not used;
/// 2. `weights` beside the executable;
/// 3. `.deps/weights` of the working folder, a checkout of the package;
/// 4. `.deps/weights` of the checkout whose `.build` holds the executable;
/// 5. where other programs keep the same files, for kinds that have such places.
public struct ResourceFolders: Sendable, Equatable {
  /// The folders in their order, whether they exist or not.
  public let paths: [String]

  /// The folders of a kind of resource for this process.
  /// - Parameters:
  ///   - name: the name of the kind, such as `weights`.
  ///   - variable: the environment variable that names a folder instead of all others.
  ///   - others: where other programs keep the same files.
  public init(_ name: String, variable: String, others: [String] = []) {
    self.init(
      name, chosen: ProcessInfo.processInfo.environment[variable],
      executable: Bundle.main.executableURL?.resolvingSymlinksInPath().path,
      workingFolder: FileManager.default.currentDirectoryPath, others: others)
  }

  /// The folders of a kind of resource.
  /// - Parameters:
  ///   - chosen: the value of the environment variable; nil or empty where it is not set.
  ///   - executable: the path of the running program, with links resolved.
  package init(
    _ name: String, chosen: String?, executable: String?, workingFolder: String,
    others: [String] = []
  ) {
    if let chosen, !chosen.isEmpty {
      paths = [chosen]
      return
    }
    var paths: [String] = []
    if let executable {
      paths.append((executable as NSString).deletingLastPathComponent + "/\(name)")
    }
    paths.append("\(workingFolder)/.deps/\(name)")
    if let executable, let build = executable.range(of: "/.build/") {
      paths.append("\(executable[..<build.lowerBound])/.deps/\(name)")
    }
    self.paths = (paths + others).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The first folder that holds `file`; nil if none does.
  public func first(holding file: String) -> String? {
    paths.first { FileManager.default.fileExists(atPath: "\($0)/\(file)") }
  }
}
