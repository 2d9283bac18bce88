import Foundation

/// Where files that a program needs beside its code are looked for, such as published weights.
///
/// The order is one for every kind of resource, here of the name `weights`:
/// 1. the folder that an environment variable names, and then no other;
/// 2. `weights` beside the executable;
/// 3. `.deps/weights` of the working folder, a checkout of the package;
/// 4. `.deps/weights` of the checkout whose `.build` holds the executable;
/// 5. where other programs keep the same files, for kinds that have such places.
public struct ResourceFolders: Sendable, Equatable {
  /// The folders in their order, there or not.
  public let paths: [String]

  /// The folders of a kind of resource for this process.
  /// - Parameters:
  ///   - name: of the kind, such as `weights`.
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
  ///   - chosen: what the environment variable says; nil or empty where it says nothing.
  ///   - executable: the path of the running program, links resolved.
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

  /// The first folder that holds `file`; nil where none does.
  public func first(holding file: String) -> String? {
    paths.first { FileManager.default.fileExists(atPath: "\($0)/\(file)") }
  }
}
