import Runs
import Torch
import TorchNN

extension Experiment {
  /// Checks that all tensors of a checkpoint would be finite: student, averaged weights, method and momentum.
  /// - Parameter iteration: the number of steps taken.
  /// - Throws: `TrainingError.diverged` naming the first tensor that is not.
  func requireFinite(after iteration: Int) throws {
    guard let name = try state().firstNotFinite() else { return }
    throw TrainingError.diverged(iteration: iteration, tensor: name)
  }

  /// All tensors that a checkpoint holds, by their interchange names; the tensors themselves, not copies.
  func state() throws -> StateDict {
    var tensors = try method.stateDict()
    for entry in network.namedTensors() {
      tensors[CheckpointKey.student + entry.name] = entry.tensor
    }
    tensors.merge(optimizer.stateDict().prefixed(CheckpointKey.optimizer)) { $1 }
    if let rates { tensors.merge(try rates.stateDict().prefixed(CheckpointKey.rates)) { $1 } }
    if let average { tensors.merge(try average.stateDict().prefixed(CheckpointKey.average)) { $1 } }
    return tensors
  }
}
