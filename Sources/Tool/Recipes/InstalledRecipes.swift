import Foundation
import Messages
import ResourceFolders

/// The recipes that come with the program, which are found by their names from any folder.
///
/// `photographs`, `photographs.yaml` and `Recipes/photographs.yaml` name the same one. They are looked for in the
/// `ResourceFolders` of `Recipes`, with the variable `SYN2REAL_RECIPES`; a checkout has them in its folder `Recipes`.
enum InstalledRecipes {
  private static let folderName = "Recipes"

  /// The path of a recipe: `path` where there is such a file, else that of the recipe with this name.
  /// - Throws: `RecipeError.unknownName` for a name, not a path, that no recipe has.
  static func path(_ path: String) throws(RecipeError) -> String {
    if isFile(path) { return path }
    if let found = find(path) { return found }
    guard path.contains("/") || path.contains(".") else {
      throw .unknownName(path, nearest: nearestName(to: path, among: names))
    }
    return path
  }

  /// The path of the recipe with a name; nil where none has it.
  static func find(_ name: String) -> String? {
    var components = name.split(separator: "/", omittingEmptySubsequences: false)
    if components.first == folderName[...] { components.removeFirst() }
    guard let file = components.first, components.count == 1, !file.isEmpty else { return nil }
    let fileName = file.hasSuffix(".yaml") ? String(file) : "\(file).yaml"
    return folders.first(holding: fileName).map { "\($0)/\(fileName)" }
  }

  private static var names: [String] {
    let files = folders.paths.flatMap {
      (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? []
    }
    return Set(files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }).sorted()
  }

  private static var folders: ResourceFolders {
    ResourceFolders(folderName, variable: "SYN2REAL_RECIPES", checkout: folderName)
  }

  private static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }
}
