import Foundation

/// The names of the results that are made from files; no two results share a name.
package enum OutputNames {
  /// The files' names without folders and format, if these differ; otherwise with the folders that not all of them share,
  /// and if that is not enough, with the format too. A file that is listed twice has one name.
  package static func distinct(_ paths: [String]) -> [String] {
    // Without "." and "..", which could lead out of a folder.
    let paths = paths.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    let within = PathNames.short(paths)
    let choices = [
      paths.map { stem(of: ($0 as NSString).lastPathComponent) }, within.map(stem), within,
    ]
    let count = Set(paths.map(Data.init)).count
    return choices.first { names in
      // A file system may ignore the difference of case and of Unicode forms.
      Set(names.map { $0.lowercased() }).count == count
    } ?? within
  }

  private static func stem(of name: String) -> String { (name as NSString).deletingPathExtension }
}

extension Data {
  /// A text's bytes, which differ between Unicode forms of the same text.
  fileprivate init(_ text: String) { self.init(text.utf8) }
}
