import Datasets
import Foundation
import Runs
import Torch

extension ProcessGroup {
  /// Checks that all processes have the same version of the program, and the same checkpoint at `path`.
  /// - Throws: `InferenceError.otherRank`.
  package func requireSameProgram(judging path: String) throws {
    try requireSame("version", "\(Version.current) with libtorch \(Libtorch.version)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    let hash = bytes.withUnsafeBytes { StableHash.fnv1a($0) }
    try requireSame("checkpoint", "\(path) of \(bytes.count) bytes with the hash \(hash)")
  }

  /// Checks that all processes read the same files of a data set.
  /// - Throws: `InferenceError.otherRank`.
  package func requireSame(_ dataset: some LabelledDataset) throws {
    let files = DatasetFingerprint(of: dataset, DatasetFiles(of: dataset))
    try requireSame(
      "data set", "\(dataset.path) of \(dataset.count) images with the hash \(files.hash)")
  }

  /// Checks that all processes have been told the same of something.
  /// - Throws: `InferenceError.otherRank` in every process, naming the first that differs from rank 0.
  package func requireSame(_ part: String, _ own: String) throws {
    let texts = try gather(own)
    for (rank, text) in texts.enumerated() where text != texts[0] {
      throw InferenceError.otherRank(rank, part: part, found: text, expected: texts[0])
    }
  }
}
