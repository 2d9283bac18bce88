import Foundation
import TensorFiles

extension RunFolder {
  /// The number of steps that the newest checkpoint was written after; nil where there is none.
  package var lastIteration: Int? {
    (try? TensorFile.read(lastCheckpoint))?.metadata[CheckpointKey.iteration].flatMap { Int($0) }
  }

  /// The checkpoint of the network whose final figures `results` are.
  package func checkpoint(of results: RunResults) -> String {
    results.average == nil ? bestCheckpoint : averageCheckpoint
  }

  /// The folder of the run that wrote a checkpoint; nil where the file does not lie in a run folder.
  package init?(ofCheckpoint path: String) {
    let folder = URL(fileURLWithPath: path).resolvingSymlinksInPath().deletingLastPathComponent()
    guard folder.lastPathComponent == "checkpoints" else { return nil }
    self.init(folder.deletingLastPathComponent().path)
  }

  /// Checks that continuing from a checkpoint overwrites no other run.
  /// - Throws: `TrainingError.runExists` where the folder holds a run that did not write the checkpoint.
  package func requireOwn(checkpoint path: String) throws(TrainingError) {
    guard holdsRun else { return }
    let own = URL(fileURLWithPath: self.path).resolvingSymlinksInPath().path
    guard RunFolder(ofCheckpoint: path)?.path == own else { throw .runExists(path: self.path) }
  }
}
