import Foundation

/// What the results of files are called, so that no two share a name.
package enum OutputNames {
  /// The files' names without folders and format where these differ; else with the folders that not all of them share, and
  /// where that is not enough with the format too. A file that is named twice has one name.
  package static func distinct(_ paths: [String]) -> [String] {
    // Without "." and "..", which could lead out of a folder.
    let paths = paths.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    let within = PathNames.short(paths)
    let choices = [
      paths.map { stem(of: ($0 as NSString).lastPathComponent) }, within.map(stem), within,
    ]
    let count = Set(paths.map(Data.init)).count
    return choices.first { names in
      // A file system may know neither case nor Unicode's forms.
      Set(names.map { $0.lowercased() }).count == count
    } ?? within
  }

  private static func stem(of name: String) -> String { (name as NSString).deletingPathExtension }
}

extension Data {
  /// A text's bytes, which differ where its Unicode forms do.
  fileprivate init(_ text: String) { self.init(text.utf8) }
}
