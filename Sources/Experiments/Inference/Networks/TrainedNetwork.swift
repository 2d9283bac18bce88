import Backbones
import Datasets
import Foundation
import Runs
import TensorFiles
import Torch
import TorchNN

/// The student of a checkpoint, ready to judge images.
public struct TrainedNetwork {
  /// The names of the classes, by label.
  public let classes: [String]
  /// The steps it was trained for; 0 where the checkpoint does not say.
  public let iteration: Int
  /// What it is made of and how it judges.
  public let description: NetworkDescription

  /// Colours and label values of a segmenter's classes.
  let classTable: SegmentationClasses?
  private(set) var network: any TaskNetwork
  let device: Device

  /// Reads the network that a run left at `path`.
  /// - Parameter description: of a checkpoint that has none.
  /// - Throws: `TensorFileError`, `TrainingError.foreignCheckpoint` or `StateDictMismatch` for a file that holds no
  ///   such network.
  public init(
    checkpoint path: String, description: @autoclosure () throws -> NetworkDescription? = nil,
    device: Device
  ) throws {
    let checkpoint = try Checkpoint(contentsOf: path)
    let table = try checkpoint.taskMetadata[CheckpointKey.classTable].map {
      try JSONDecoder().decode(SegmentationClasses.self, from: Data($0.utf8))
    }
    guard
      let description = try NetworkDescription(metadata: checkpoint.taskMetadata, path: path)
        ?? description()
    else {
      throw TrainingError.foreignCheckpoint(path: path, missing: CheckpointKey.network)
    }
    try self.init(
      checkpoint.tensors, description, classes: checkpoint.classes, classTable: table,
      iteration: checkpoint.iteration, device: device)
  }

  /// Reads a network that another program trained, such as a released checkpoint of CSG, which has student and head
  /// under the interchange names and nothing that describes them (ALGORITHM.md §9).
  /// - Parameters:
  ///   - description: says the task, the backbone, the head and how to judge.
  ///   - path: the data set that names the classes.
  /// - Throws: `TensorFileError`, `TrainingError.noStudent` or `StateDictMismatch` for a file that holds no such
  ///   network.
  public init(
    foreignCheckpoint: String, description: NetworkDescription, classesOfData path: String,
    device: Device
  ) throws {
    let tensors = try StateDict(TensorFile.read(foreignCheckpoint))
    guard !tensors.below(CheckpointKey.student).isEmpty else {
      throw TrainingError.noStudent(path: foreignCheckpoint)
    }
    let table =
      description.task == .segmentation ? try SegmentationDataset(at: path).classes : nil
    try self.init(
      tensors, description,
      classes: table?.names ?? description.makeEvaluator(device).classNames(at: path),
      classTable: table, iteration: 0, device: device)
  }

  private init(
    _ tensors: StateDict, _ description: NetworkDescription, classes: [String],
    classTable: SegmentationClasses?, iteration: Int, device: Device
  ) throws {
    self.description = description
    self.classTable = classTable
    self.classes = classes
    self.iteration = iteration
    network = try description.makeNetwork(classes: classes.count)
    network.precision = description.evaluation.precision
    try network.loadStudent(tensors.below(CheckpointKey.student))
    for part in [network.backbone, network.head] {
      try part.move(to: device)
      try part.freeze()
    }
    self.device = device
  }

  /// The same network judging in `precision`; in that of its description where that is nil.
  public func judging(in precision: Precision?) -> TrainedNetwork {
    var trained = self
    trained.network.precision = precision ?? description.evaluation.precision
    return trained
  }

  /// Judges the network on the data set at `path` as its description says.
  ///
  /// - Parameter predictions: a folder where a segmenter's class maps are written by label ids, as Cityscapes' own
  ///   evaluation reads them, each under the name of its image; made where it is not there.
  ///
  /// The images count as synthetic where it was trained or selected on them, as unseen where its description says so, else as real.
  /// - Throws: `DatasetError.otherClasses` for a set of other classes than the network's.
  public func evaluate(
    at path: String, writingPredictionsTo predictions: String? = nil
  ) throws -> EvaluationRecord {
    let evaluation = try evaluator(predictions).evaluate(
      network, at: path, classes: classes, domain: description.domains[path])
    return EvaluationRecord(evaluation, iteration: iteration, selection: "given")
  }

  private func evaluator(_ predictions: String?) throws -> any TaskEvaluator {
    guard let predictions, description.task == .segmentation else {
      return description.makeEvaluator(device)
    }
    try RunFolder(predictions).createAlone()
    return SegmentationEvaluator(description.evaluation, device: device) {
      dataset, index, classMap in
      let name = URL(fileURLWithPath: dataset.samples[index].image)
        .deletingPathExtension().lastPathComponent
      try dataset.classes.labelIds(of: classMap).writePNG(to: "\(predictions)/\(name).png")
    }
  }
}
