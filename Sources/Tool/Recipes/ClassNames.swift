import Foundation
import YAML

/// Names of a network's classes by the names that a data set gives them, as a command line holds them.
public enum ClassNames {
  /// The names in `a=b,c=d`, or in a YAML file that holds such a mapping; a class without a new name is left out.
  /// - Throws: `YAMLError` for a file that is no mapping of names, `RecipeError.noClassNames` for anything else.
  public static func read(_ text: String) throws -> [String: String?] {
    if FileManager.default.fileExists(atPath: text) {
      var names: [String: String?] = [:]
      guard case .mapping(let members) = try YAMLNode(contentsOfFile: text).value(as: .mapping)
      else { return names }
      for member in members { names[member.key] = .some(String(settingValue: member.value)) }
      return names
    }
    var names: [String: String?] = [:]
    for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, !parts[0].isEmpty else { throw RecipeError.noClassNames(text) }
      names[parts[0]] = .some(parts[1].isEmpty ? nil : parts[1])
    }
    return names
  }
}
