import Backbones
import Datasets
import Foundation
import Registry
import Runs
import TensorFiles
import Torch
import TorchNN

/// The student of a checkpoint, ready to judge images.
public struct TrainedNetwork {
  /// The names of the classes, by label.
  public let classes: [String]
  /// The number of steps it was trained for; 0 where the checkpoint does not say.
  public let iteration: Int
  /// The parts of the network and how it judges.
  public let description: NetworkDescription
  /// The temperature of its probabilities; nil where it is not calibrated: then the temperature is 1.
  public let calibration: Calibration?

  /// Colours and label values of a segmenter's classes.
  package let classTable: SegmentationClasses?
  /// Student and head, frozen.
  package private(set) var network: any TaskNetwork
  /// Where it computes.
  package let device: Device

  /// Reads the network that a run left at `path`.
  /// - Parameters:
  ///   - description: the description to use where the checkpoint has none.
  ///   - registry: the backbones that it can name.
  /// - Throws: `TensorFileError`, `TrainingError.foreignCheckpoint` or `.checkpointDoesNotFit` for a file that
  ///   holds no such network.
  public init(
    checkpoint path: String, description: @autoclosure () throws -> NetworkDescription? = nil,
    device: Device, registry: Registry = .standard
  ) throws {
    let checkpoint = try Checkpoint(contentsOf: path)
    guard
      let description = try NetworkDescription(
        metadata: checkpoint.taskMetadata, path: path, registry: registry) ?? description()
    else {
      throw TrainingError.foreignCheckpoint(path: path, missing: CheckpointKey.network)
    }
    let table =
      description.task == .segmentation ? try checkpoint.classTable(readFrom: path) : nil
    try self.init(
      checkpoint.tensors, of: path, description, classes: checkpoint.classes, classTable: table,
      calibration: checkpoint.calibration, iteration: checkpoint.iteration, device: device,
      firstWeights: checkpoint.taskMetadata[CheckpointKey.firstWeights])
  }

  /// Reads a network that another program trained, such as a released checkpoint of CSG, which has student and head
  /// under the interchange names and nothing that describes them (Algorithm.md §9).
  /// - Parameters:
  ///   - description: says the task, the backbone, the head and how to judge.
  ///   - path: the data set that names the classes.
  /// - Throws: `TensorFileError`, `TrainingError.noStudent` or `.checkpointDoesNotFit` for a file that holds no
  ///   such network.
  public init(
    foreignCheckpoint: String, description: NetworkDescription, classesOfData path: String,
    device: Device
  ) throws {
    let tensors = try StateDict(TensorFile.read(foreignCheckpoint))
    try tensors.requireFinite(in: foreignCheckpoint)
    guard !tensors.below(CheckpointKey.student).isEmpty else {
      throw TrainingError.noStudent(path: foreignCheckpoint)
    }
    let table =
      description.task == .segmentation ? try SegmentationDataset(at: path).classes : nil
    try self.init(
      tensors, of: foreignCheckpoint, description,
      classes: table?.names ?? description.makeEvaluator(device).classNames(at: path),
      classTable: table, iteration: 0, device: device)
  }

  private init(
    _ tensors: StateDict, of path: String, _ description: NetworkDescription, classes: [String],
    classTable: SegmentationClasses?, calibration: Calibration? = nil, iteration: Int,
    device: Device, firstWeights mark: String? = nil
  ) throws {
    self.calibration = calibration
    self.description = description
    self.classTable = classTable
    self.classes = classes
    self.iteration = iteration
    network = try description.makeNetwork(classes: classes.count)
    network.precision = description.evaluation.precision
    let student = try StudentChanges.completed(
      tensors.below(CheckpointKey.student), mark: mark, of: description, path: path)
    do {
      try network.loadStudent(student)
    } catch let mismatch as StateDictMismatch {
      throw TrainingError.checkpointDoesNotFit(path: path, mismatch: mismatch)
    }
    for part in [network.backbone, network.head] {
      try part.move(to: device)
      try part.freeze()
    }
    self.device = device
  }

  /// The same network judging in `precision`; nil keeps the precision of its description.
  public func judging(in precision: Precision?) -> TrainedNetwork {
    var trained = self
    trained.network.precision = precision ?? description.evaluation.precision
    return trained
  }
}
