/// The names that a table gives to paths.
package enum PathNames {
  /// The paths without the folders that all of them share.
  package static func short(_ paths: [String]) -> [String] {
    var parts = paths.map { $0.split(separator: "/") }
    while let first = parts.first?.first,
      parts.allSatisfy({ $0.count > 1 && $0.first == first })
    {
      parts = parts.map { Array($0.dropFirst()) }
    }
    return parts.map { $0.joined(separator: "/") }
  }
}
