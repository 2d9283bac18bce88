/// Which pictures of a package stand for a class.
package struct PictureSelection: Hashable, Sendable {
  /// Patterns of names to take from one topic folder.
  package struct Topic: Hashable, Sendable {
    /// The folder, relative to the package's root.
    package let folder: String

    /// Which of its pictures to take.
    package let patterns: [NamePattern]
  }

  /// What to take.
  package let topics: [Topic]

  /// Names that are taken but are not pictures of the class.
  package let leftOut: [NamePattern]

  /// Names of near duplicates of pictures that are taken.
  package let twins: [NamePattern]

  /// The selected pictures, ordered by name.
  ///
  /// A name that is met again in a later topic is passed over: one class has one picture of a name.
  package func pictures(in package: PicturePackage) -> [SourcePicture] {
    var selected = [String: SourcePicture]()
    for topic in topics {
      for picture in package.pictures(in: topic.folder)
      where topic.patterns.contains(where: { $0.matches(picture.name) })
        && !(leftOut + twins).contains(where: { $0.matches(picture.name) })
        && selected[picture.name] == nil
      {
        selected[picture.name] = picture
      }
    }
    return selected.values.sorted { $0.name < $1.name }
  }

  /// The patterns that no picture of the package fits, each with its folder where it has one.
  package func patternsWithoutMatch(in package: PicturePackage) -> [String] {
    var unmatched = [String]()
    var taken = Set<String>()
    for topic in topics {
      let names = package.pictures(in: topic.folder).map(\.name)
      for pattern in topic.patterns {
        let matching = names.filter(pattern.matches)
        taken.formUnion(matching)
        if matching.isEmpty { unmatched.append("\(topic.folder)/\(pattern.text)") }
      }
    }
    for pattern in leftOut + twins where !taken.contains(where: pattern.matches) {
      unmatched.append(pattern.text)
    }
    return unmatched
  }
}
