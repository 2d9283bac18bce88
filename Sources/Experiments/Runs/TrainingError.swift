import Files
import TorchNN

/// Why a run cannot start or continue.
public enum TrainingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The loss is no longer a number, in the step after `iteration` ones.
  case lossNotFinite(iteration: Int, terms: String)
  /// The gradient of the loss is not a number, in the step after `iteration` ones.
  case gradientNotFinite(iteration: Int)
  /// Weights, momentum or the state of the method hold NaN or infinity.
  case diverged(iteration: Int, tensor: String)
  /// A file, or the part of one that `place` names, holds NaN or infinity.
  case notFinite(place: String, tensor: String)
  /// A recorded step does not compute the same as the step without recording.
  case notReplayed(distance: Double)
  /// The user asked to stop.
  case interrupted(iteration: Int, checkpoint: String)
  /// A process of the run would take other steps than rank 0.
  case otherRank(Int, differences: [String])
  /// The output folder holds a run, and continuing it was not requested.
  case runExists(path: String)
  /// A file that a run would replace, in a folder without a run.
  case foreignFile(path: String)
  /// There is no checkpoint to continue from.
  case nothingToResume(path: String)
  /// A folder without a best checkpoint.
  case noBestCheckpoint(path: String)
  /// A checkpoint that this program did not write.
  case foreignCheckpoint(path: String, missing: String)
  /// A file without a student.
  case noStudent(path: String)
  /// A file of what training changed, without the weights that it started from.
  case changesAlone(path: String)
  /// A checkpoint of a run with another recipe; whether the two differ in the length of the run alone.
  case otherRecipe(path: String, differences: [String], isOfLength: Bool)
  /// Data sets that differ from those that the run began with.
  case dataChanged(source: String, differences: String)
  /// A checkpoint that was changed after it was written.
  case damagedCheckpoint(path: String, problem: String)
  /// A checkpoint of averaged weights alone, which lacks what a run needs to continue.
  case averagedCheckpoint(path: String)
  /// A checkpoint of more steps than the run takes.
  case beyondEnd(path: String, iteration: Int, iterations: Int)
  /// Weights of another network.
  case weightsDoNotFit(path: String, mismatch: StateDictMismatch)
  /// A checkpoint with tensors that do not fit the network that it should hold.
  case checkpointDoesNotFit(path: String, mismatch: StateDictMismatch)
  /// The figures of a finished run cannot be read.
  case damagedResults(path: String, reason: String)
  /// Every image of a data set was unreadable.
  case nothingReadable(path: String)
  /// Judging a batch of images needs more memory than this machine has; memory in GB.
  case tooMuchMemory(images: Int, side: Int, needed: Int, available: Int)
  /// A file of the run folder cannot be written.
  case cannotWrite(path: String, reason: String)
  /// Another process writes into the folder; the owner is that process's description of itself.
  case inUse(path: String, owner: String?)
  /// A file of a run lacks an evaluation that is needed to choose the best checkpoint.
  case evaluationMissing(path: String, iteration: Int)
  /// The checkpoint that the rule chose no longer exists.
  case bestCheckpointLost(path: String, expected: Int, found: Int?)

  /// What happened, where, and what to do.
  public var description: String {
    switch self {
    case .lossNotFinite(let iteration, let terms):
      "the loss is no longer finite at iteration \(iteration + 1) (\(terms)); \(Self.remedy); checkpoints written before are kept"
    case .gradientNotFinite(let iteration):
      "the gradient is not finite at iteration \(iteration + 1); \(Self.remedy); checkpoints written before are kept"
    case .diverged(let iteration, let tensor):
      "\(tensor) holds NaN or infinity after iteration \(iteration); \(Self.remedy); checkpoints written before are kept"
    case .notFinite(let place, let tensor):
      "\(place): \(tensor) holds NaN or infinity; expected finite numbers; give a file of a run that did not diverge"
    case .notReplayed(let distance):
      "the recorded step is off by \(distance) of loss or gradient; expected at most 0.05"
    case .interrupted(let iteration, let checkpoint):
      "stopped after iteration \(iteration), which \(checkpoint) holds"
    case .otherRank(let rank, let differences):
      "rank \(rank) would not train the same as rank 0\(Self.list(differences)); start all processes with the same version, "
        + "recipe and data"
    case .runExists(let path):
      "\(path) already holds a run"
    case .foreignFile(let path):
      "\(path) is there already, and no run wrote it; nothing was written: choose a new folder for the run"
    case .nothingToResume(let path):
      "no checkpoint at \(path) to go on from"
    case .noBestCheckpoint(let path):
      "\(path) is a folder without checkpoints/best.safetensors; expected the folder of a run that was judged at least once, "
        + "or a checkpoint"
    case .foreignCheckpoint(let path, let missing):
      "\(path) was not written by a run: it has no '\(missing)' in its metadata"
    case .noStudent(let path):
      "\(path) holds no student: expected names that begin with '\(CheckpointKey.student)'; give a checkpoint that train wrote"
    case .changesAlone(let path):
      "\(path) holds what was trained alone, without the weights that it belongs to"
    case .otherRecipe(let path, let differences, _):
      "\(path) was trained with another recipe\(Self.list(differences)); go on with the recipe of that run"
    case .dataChanged(let source, let differences):
      "the data are no longer those of \(source): \(differences)"
    case .damagedCheckpoint(let path, let problem):
      "\(path): \(problem); the file was changed or damaged after it was written: use another checkpoint of the run"
    case .averagedCheckpoint(let path):
      "\(path) holds averaged weights alone, from which no run can go on; expected last.safetensors or best.safetensors of "
        + "the same run; go on from one of these"
    case .beyondEnd(let path, let iteration, let iterations):
      "\(path) was written after iteration \(iteration), but the run ends after \(iterations); "
        + "use another checkpoint, or data of as many images as the run began with"
    case .weightsDoNotFit(let path, let mismatch):
      "\(path): \(mismatch); name the backbone of this file as model.backbone, or another file as model.weights"
    case .checkpointDoesNotFit(let path, let mismatch):
      "\(path): \(mismatch); name a checkpoint of the network that is described, by itself or by the recipe given"
    case .damagedResults(let path, let reason):
      "\(path): expected the figures of a finished run, found \(reason); put the file right, or remove it to make the run "
        + "again from its last checkpoint"
    case .nothingReadable(let path):
      "no image of \(path) could be read"
    case .tooMuchMemory(let images, let side, let needed, let available):
      "judging \(images) \(images == 1 ? "image" : "images") of \(side) × \(side) pixels at a time takes about "
        + "\(needed) GB, and this machine has \(available); lower data.image_size or evaluate.batch_size, or use a larger machine"
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason)"
    case .inUse(let path, let owner):
      "\(path) is in use by \(owner ?? "another process"); wait until it has ended, or choose another folder"
    case .evaluationMissing(let path, let iteration):
      "\(path): expected the evaluation after \(iteration) iterations, by which the best checkpoint is chosen, found "
        + "none; put the whole file back, or begin anew in another folder"
    case .bestCheckpointLost(let path, let expected, let found):
      "\(path): expected the checkpoint of iteration \(expected), the best so far, found "
        + "\(found.map { "that of iteration \($0)" } ?? "none"); put it back, or begin anew in another folder"
    }
  }

  /// Clauses after a colon, a few of them.
  private static func list(_ clauses: [String]) -> String {
    guard !clauses.isEmpty else { return "" }
    let others = clauses.count > 6 ? ", and \(clauses.count - 6) more" : ""
    return ": " + clauses.prefix(6).joined(separator: ", ") + others
  }
  /// What helps against a loss that grows without bound.
  package static let remedy =
    "lower optimizer.lr, lengthen schedule.warmup or bound the gradient with optimizer.clip_norm"

  /// The error of a file of the run folder.
  package init(_ error: FileError) {
    self = .cannotWrite(path: error.path, reason: error.reason)
  }
}
