import Foundation

/// The data sets of a domain, where a folder holds several domains of the same classes.
///
/// Such folders are those of PACS (Li et al. 2017), VLCS (Fang et al. 2013), Office-Home (Venkateswara et al. 2017) and
/// DomainNet (Peng et al. 2019), as they are published or as DomainBed (Gulrajani and Lopez-Paz 2021) stores them.
public struct DomainSets: Sendable, Equatable {
  /// The name of the domain.
  public let name: String
  /// The images to train on.
  public let training: String
  /// Images of this domain that select a checkpoint where it is trained on; nil where no split names them.
  public let heldOut: String?
  /// The images that it is judged on where it is not trained on.
  public let judged: String

  /// The data sets of a domain.
  public init(name: String, training: String, heldOut: String?, judged: String) {
    self.name = name
    self.training = training
    self.heldOut = heldOut
    self.judged = judged
  }

  /// The domains that lie in a folder, sorted by name. In this order are looked for:
  ///
  /// * lists `NAME_train.txt` and `NAME_test.txt` in it (DomainNet), or `NAME_train_kfold.txt`, `NAME_crossval_kfold.txt` and
  ///   `NAME_test_kfold.txt` in it or in one of its folders (PACS, whose last list names all images of the domain);
  /// * folders `NAME/train`, `NAME/crossval` and `NAME/test` of class folders (VLCS);
  /// * folders `NAME` of class folders (Office-Home, DomainBed).
  /// - Throws: `DatasetError.noDomains` where fewer than two are there, `.unreadable`.
  public static func all(in folder: String) throws(DatasetError) -> [DomainSets] {
    let files = FileManager.default
    let folders = try files.visibleFolders(in: folder)
    for place in [folder] + folders.map({ "\(folder)/\($0)" }) {
      let domains = listed(try files.visibleNames(in: place), in: place)
      if domains.count > 1 { return domains }
    }
    var domains: [DomainSets] = []
    for name in folders {
      let domain = "\(folder)/\(name)"
      let parts = try files.visibleFolders(in: domain)
      if parts.contains("train"), parts.contains("test") {
        let heldOut = ["crossval", "val"].first(where: parts.contains)
        domains.append(
          DomainSets(
            name: name, training: "\(domain)/train", heldOut: heldOut.map { "\(domain)/\($0)" },
            judged: "\(domain)/test"))
      } else if try holdClasses(parts, in: domain) {
        domains.append(DomainSets(name: name, training: domain, heldOut: nil, judged: domain))
      }
    }
    guard domains.count > 1 else { throw .noDomains(path: folder, found: domains.map(\.name)) }
    return domains
  }

  /// Whether one of the folders holds pictures.
  private static func holdClasses(
    _ names: [String], in folder: String
  ) throws(DatasetError) -> Bool {
    for name in names {
      let files = try FileManager.default.visibleNames(in: "\(folder)/\(name)")
      if files.contains(where: ImageDataset.isImageName) { return true }
    }
    return false
  }

  /// The domains of the lists among `names`.
  private static func listed(_ names: [String], in folder: String) -> [DomainSets] {
    names.compactMap { name in
      for ending in ["_kfold.txt", ".txt"] where name.hasSuffix("_train" + ending) {
        let domain = String(name.dropLast("_train".count + ending.count))
        func list(_ part: String) -> String? {
          let list = "\(domain)_\(part)\(ending)"
          return names.contains(list) ? "\(folder)/\(list)" : nil
        }
        guard !domain.isEmpty, let judged = list("test") else { return nil }
        return DomainSets(
          name: domain, training: "\(folder)/\(name)",
          heldOut: list("crossval") ?? list("val"), judged: judged)
      }
      return nil
    }
  }
}
