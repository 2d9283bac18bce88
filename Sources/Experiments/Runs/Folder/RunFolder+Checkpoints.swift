import Foundation

extension RunFolder {
  /// The folder of the run that wrote a checkpoint, where the file still lies as the run left it.
  package init(ofCheckpoint path: String) {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    self.init(file.deletingLastPathComponent().deletingLastPathComponent().path)
  }

  /// Checks that going on from a checkpoint overwrites no other run.
  /// - Throws: `TrainingError.runExists` where the folder holds a run that did not write the checkpoint.
  package func requireOwn(checkpoint path: String) throws(TrainingError) {
    guard holdsRun else { return }
    let own = URL(fileURLWithPath: self.path).resolvingSymlinksInPath().path
    guard RunFolder(ofCheckpoint: path).path == own else { throw .runExists(path: self.path) }
  }
}
