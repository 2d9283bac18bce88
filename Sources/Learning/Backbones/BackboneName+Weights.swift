import Foundation

extension BackboneName {
  /// The published ImageNet weights on this machine.
  ///
  /// Looked for in the folder that `SYN2REAL_WEIGHTS` names, in `.deps/weights` of the working folder and of every
  /// folder above the running program (where `make` puts them), and where torchvision keeps downloads.
  /// - Throws: `BackboneError.weightsNotFound` naming the file and the folders.
  public func publishedWeights() throws(BackboneError) -> String {
    let folders = Self.weightFolders()
    for folder in folders {
      let path = folder + "/" + weightsFile
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    throw .weightsNotFound(backbone: rawValue, file: weightsFile, searched: folders)
  }

  private static func weightFolders() -> [String] {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["SYN2REAL_WEIGHTS"] { return [folder] }
    var folders = [FileManager.default.currentDirectoryPath + "/.deps/weights"]
    var above = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
    while above.path != "/" {
      above.deleteLastPathComponent()
      let folder = above.appendingPathComponent(".deps/weights").path
      if FileManager.default.fileExists(atPath: folder) { folders.append(folder) }
    }
    folders.append(
      (environment["TORCH_HOME"] ?? NSHomeDirectory() + "/.cache/torch") + "/hub/checkpoints")
    return folders
  }
}
