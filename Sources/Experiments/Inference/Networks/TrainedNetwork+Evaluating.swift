import Datasets
import Foundation
import Generalization
import Runs
import Torch

extension TrainedNetwork {
  /// Evaluates the network on the data sets at `paths`, in the way that its description says.
  ///
  /// A data set counts as synthetic if the network was trained or selected on it, as unseen if its description says so,
  /// else as real.
  /// - Parameters:
  ///   - processes: the processes that judge the images together; every one gets the same records as one process, and the first
  ///     writes the file of predictions. Class maps are written by the process that judged the scene.
  ///   - report: is told what was left out of a data set.
  /// - Throws: `DatasetError.otherClasses` for a data set that shares no class with the network's; `OutputError` where a
  ///   prediction would overwrite or mix with other files, before anything is written; `InferenceError.notAClassifier`
  ///   where a segmenter is asked for what only a classifier can do, `.unknownClass`, `.meansOfNothing`.
  public func evaluate(
    at paths: [String], _ request: EvaluationRequest = .init(),
    sharedBy processes: ProcessGroup? = nil, report: (String) -> Void = { _ in }
  ) throws -> [EvaluationRecord] {
    if description.task != .classification, request.rejection != nil || !request.unknown.isEmpty {
      throw InferenceError.notAClassifier
    }
    for name in request.leftOutOfMeans where !classes.contains(name) {
      throw InferenceError.unknownClass(name: name, classes: classes)
    }
    guard !Set(classes).isSubset(of: request.leftOutOfMeans) else {
      throw InferenceError.meansOfNothing
    }
    let table = try request.predictions.flatMap { try predictionFile($0, paths) }
    let evaluator = try evaluator(table == nil ? request.predictions : nil, paths, processes)
    let unknown = try request.unknown.map { folder in
      var images = try ImageDataset(unlabelledAt: folder)
      images.isUpright = description.evaluation.isUpright
      try processes?.requireSame(images)
      let evaluator = ClassificationEvaluator<ImageDataset>(
        description.evaluation, device: device, sharedBy: processes)
      return (
        folder: folder, logits: try evaluator.logits(network, of: images, classes: classes.count)
      )
    }
    let evaluations = try paths.map { path in
      try evaluator.evaluate(
        network, at: path, classes: classes, renaming: request.renaming,
        domain: description.domains[path], report: report)
    }
    if let table, (processes?.rank ?? 0) == 0 {
      let text = PredictionTable.csv(evaluations, classes: classes, temperature: temperature)
      try RunFolder((table as NSString).deletingLastPathComponent).write(
        Data(text.utf8), to: table)
    }
    return evaluations.map { evaluation in
      var record = EvaluationRecord(
        evaluation, calibration: calibration, iteration: iteration, selection: "given",
        meansWithout: request.leftOutOfMeans)
      guard let known = evaluation.logits else { return record }
      record.rejection = request.rejection.flatMap {
        RejectionFigures($0, known, temperature: temperature)
      }
      if !unknown.isEmpty {
        record.unknown = unknown.compactMap {
          UnknownFigures(
            folder: $0.folder, known: known, unknown: $0.logits, temperature: temperature,
            rejection: request.rejection)
        }
      }
      return record
    }
  }

  /// The file for the predictions of a classifier; nil for a segmenter.
  /// - Throws: `OutputError.overwritesInput`, `TrainingError.cannotWrite`.
  private func predictionFile(_ path: String, _ read: [String]) throws -> String? {
    guard description.task == .classification else { return nil }
    let isFile = (path as NSString).pathExtension.lowercased() == "csv"
    let file = isFile ? path : "\(path)/predictions.csv"
    if let identity = FileIdentity(file), read.contains(where: { FileIdentity($0) == identity }) {
      throw OutputError.overwritesInput(path: file)
    }
    let folder = (file as NSString).deletingLastPathComponent
    if !folder.isEmpty { try RunFolder(folder).createAlone() }
    return file
  }

  private func evaluator(
    _ predictions: String?, _ paths: [String], _ processes: ProcessGroup?
  ) throws -> any StoredSetEvaluator {
    guard let predictions, description.task == .segmentation else {
      return description.makeEvaluator(device, sharedBy: processes)
    }
    let samples = try paths.flatMap { try SegmentationDataset(at: $0).samples }
    let read = samples.flatMap { [$0.image, $0.labels] }
    let files = try OutputFiles(
      in: predictions, of: samples.map(\.image), suffixes: [".png"], read: read,
      dataFolders: Array(Set(read.map { ($0 as NSString).deletingLastPathComponent })))
    return SegmentationEvaluator(
      description.evaluation, device: device, sharedBy: processes
    ) {
      dataset, index, classMap in
      let path = try files.preparedPath(of: dataset.samples[index].image, ".png")
      try dataset.labelIds(of: classMap).writePNG(to: path)
    }
  }
}
