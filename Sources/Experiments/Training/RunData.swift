import Datasets
import Foundation
import Runs

/// The data sets of a run as they were when it began, so that changes are noticed when it continues.
package struct RunData: Sendable {
  /// The sets in the order of the recipe, each with its files.
  private let sets: [(fingerprint: DatasetFingerprint, files: DatasetFiles?)]

  /// The fingerprints of the data sets that results and checkpoints hold.
  var fingerprints: [DatasetFingerprint] { sets.map(\.fingerprint) }

  /// Looks at every file.
  /// - Parameters:
  ///   - datasets: the data sets as they were read, not split.
  ///   - styles: the folder of pictures from which styles are taken.
  ///   - readsContents: whether the bytes of files are read too.
  /// - Throws: `DatasetError` for a folder of styles that cannot be listed.
  init(
    _ datasets: [any LabelledDataset], styles: String?, readsContents: Bool
  ) throws(DatasetError) {
    func set(of dataset: some LabelledDataset) -> (DatasetFingerprint, DatasetFiles) {
      let files = DatasetFiles(of: dataset, readsContents: readsContents)
      return (DatasetFingerprint(of: dataset, files), files)
    }
    var sets: [(fingerprint: DatasetFingerprint, files: DatasetFiles?)] = datasets.map {
      set(of: $0)
    }
    if let folder = styles {
      let files = DatasetFiles(
        try ImageDataset.imageNames(below: folder).map { "\(folder)/\($0)" }, below: folder,
        readsContents: readsContents)
      sets.append((DatasetFingerprint(path: folder, files), files))
    }
    self.sets = sets
  }

  /// The data sets of a finished run.
  /// - Parameters:
  ///   - fingerprints: the fingerprints in its results; nil where there are none.
  ///   - listing: the path of its file `data.tsv`, which need not exist.
  package init(_ fingerprints: [DatasetFingerprint]?, listedAt listing: String) {
    let files = Self.files(listedAt: listing)
    sets = (fingerprints ?? []).map { fingerprint in
      (fingerprint, files.first { fingerprint.isOf($0) })
    }
  }

  /// Checks that the data sets are the same as those of `earlier`, where both have one with the same path.
  /// - Parameters:
  ///   - earlier: the data sets in a checkpoint or in the results of a run; nil where there are none.
  ///   - source: the file or folder that they come from.
  ///   - listing: the file `data.tsv` of that run, for the names of changed files.
  /// - Throws: `TrainingError.dataChanged` saying what differs.
  package func requireSame(
    as earlier: [DatasetFingerprint]?, of source: String, listing: String
  ) throws(TrainingError) {
    let pairs = (earlier ?? []).compactMap { before in
      // A data set for evaluation may also be a source of styles: then two have the same path.
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

  /// All files: for each data set a line with `set` and its path, then one line per file, in the format of `DatasetFiles`.
  var listing: Data {
    Data(
      sets.map { "\(Self.setMark)\($0.fingerprint.path)\n" + ($0.files?.text ?? "") }.joined().utf8)
  }

  /// The files of each data set in a listing; empty where there is no listing, or the file is something else.
  private static func files(listedAt path: String) -> [DatasetFiles] {
    guard let data = try? RunFolder.content(of: path) else { return [] }
    return String(decoding: data, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    )
    .split { $0.hasPrefix(setMark) }
    .compactMap { DatasetFiles($0.joined(separator: "\n")) }
  }

  /// The beginning of the line above the files of a data set.
  private static let setMark = "set\t"
}
