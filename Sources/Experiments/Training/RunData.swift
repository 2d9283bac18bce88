import Datasets
import Foundation
import Runs

/// The data sets of a run as they lay there when it began, to be recognised when it goes on.
package struct RunData: Sendable {
  /// The sets in the order of the recipe, each with its files.
  private let sets: [(fingerprint: DatasetFingerprint, files: DatasetFiles?)]

  /// What results and checkpoints say of the sets.
  var fingerprints: [DatasetFingerprint] { sets.map(\.fingerprint) }

  /// Looks at every file.
  /// - Parameters:
  ///   - datasets: the sets as they were read, not parts of them.
  ///   - styles: the folder of pictures that lend their styles.
  ///   - readsContents: whether the bytes are read too.
  init(_ datasets: [any LabelledDataset], styles: String?, readsContents: Bool) {
    func set(of dataset: some LabelledDataset) -> (DatasetFingerprint, DatasetFiles) {
      let files = DatasetFiles(of: dataset, readsContents: readsContents)
      return (DatasetFingerprint(of: dataset, files), files)
    }
    var sets: [(fingerprint: DatasetFingerprint, files: DatasetFiles?)] = datasets.map {
      set(of: $0)
    }
    if let folder = styles {
      let files = DatasetFiles(
        ImageDataset.imageNames(below: folder).map { "\(folder)/\($0)" }, below: folder,
        readsContents: readsContents)
      sets.append((DatasetFingerprint(path: folder, files), files))
    }
    self.sets = sets
  }

  /// The sets of a run that is over.
  /// - Parameters:
  ///   - fingerprints: what its results say; nil where they say nothing.
  ///   - listing: its file `data.tsv`, which need not be there.
  package init(_ fingerprints: [DatasetFingerprint]?, listedAt listing: String) {
    let files = Self.files(listedAt: listing)
    sets = (fingerprints ?? []).map { fingerprint in
      (fingerprint, files.first { fingerprint.isOf($0) })
    }
  }

  /// Checks that the sets are still those of `earlier`, where both have one of the same path.
  /// - Parameters:
  ///   - earlier: what a checkpoint or the results of a run say; nil of those that say nothing.
  ///   - source: their file or folder.
  ///   - listing: the file `data.tsv` of that run, for the names of what changed.
  /// - Throws: `TrainingError.dataChanged` saying what differs.
  package func requireSame(
    as earlier: [DatasetFingerprint]?, of source: String, listing: String
  ) throws(TrainingError) {
    let pairs = (earlier ?? []).compactMap { before in
      // A set that is judged with may lend its styles too: then two are of one path.
      sets.first {
        $0.fingerprint.path == before.path
          && $0.fingerprint.classes.isEmpty == before.classes.isEmpty
      }.map { (before: before, after: $0) }
    }.filter { !$0.after.fingerprint.agrees(with: $0.before) }
    guard !pairs.isEmpty else { return }
    let files = Self.files(listedAt: listing)
    let differences = pairs.map { before, after in
      let known = files.first { before.isOf($0) }
      let clauses = DatasetDifference(from: (before, known), to: (after.fingerprint, after.files))
        .clauses
      return "\(before.path): \(clauses.joined(separator: ", "))"
    }
    throw .dataChanged(source: source, differences: differences.joined(separator: "; "))
  }

  /// All files: for each set a line `set` and its path, then a line for each file, as `DatasetFiles` has it.
  var listing: Data {
    Data(
      sets.map { "\(Self.setMark)\($0.fingerprint.path)\n" + ($0.files?.text ?? "") }.joined().utf8)
  }

  /// The files of each set of a listing; none where there is no listing, or another file.
  private static func files(listedAt path: String) -> [DatasetFiles] {
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    return String(decoding: data, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .split { $0.hasPrefix(setMark) }
    .compactMap { DatasetFiles($0.joined(separator: "\n")) }
  }

  /// What the line begins with that stands above the files of a set.
  private static let setMark = "set\t"
}
