import ClassTables

extension PictureSelection {
  /// The selected pictures, ordered by name.
  ///
  /// A name that occurs again in a later topic is ignored: a class has only one picture of each name.
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

  /// The patterns that no picture of the package fits, each with its folder if it has one.
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
