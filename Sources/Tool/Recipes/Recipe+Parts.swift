import Analysis
import Backbones
import Datasets
import Generalization
import Inference
import Runs
import Torch
import TorchNN
import Training

extension Recipe {
  /// How networks trained by this recipe judge images.
  public var evaluationOptions: EvaluationOptions {
    var options = EvaluationOptions()
    options.imageSize = data.imageSize
    options.decoding = data.decoding
    options.isUpright = data.honoursOrientation
    options.renamedClasses = data.renamedClasses
    options.batchSize = evaluate.batchSize
    options.mirrors = evaluate.mirrors
    options.height = evaluate.height
    options.tile = evaluate.tile
    options.overlap = evaluate.overlap
    options.precision = evaluate.precision
    options.workers = data.workers
    options.onError = data.onError
    return options
  }

  /// The parts of a network trained by this recipe and how it judges.
  public var networkDescription: NetworkDescription {
    NetworkDescription(
      task: task, backbone: model.backbone, head: model.head,
      firstWeights: model.weights, evaluation: evaluationOptions,
      augmentation: data.augmentation, batchSize: train.batchSize, seed: seed,
      domains: DataDomains(
        synthetic: data.train + data.heldOut, unseen: data.unseen))
  }

  /// Reads the data sets that the recipe names.
  /// - Throws: `DatasetError` for a data set that does not exist or has other classes than the training data.
  func makeTask() throws -> any LearningTask {
    do {
      return try task(of: task)
    } catch let error as DatasetError {
      throw places.completed(error)
    }
  }

  private func task(of name: TaskName) throws -> any LearningTask {
    switch name {
    case .classification:
      ClassificationTask<ImageDataset>(
        try data.read(), augmentation: data.augmentation, seed: seed,
        evaluation: evaluationOptions)
    case .segmentation:
      SegmentationTask(
        try data.read(), augmentation: data.augmentation, cropSize: data.imageSize, seed: seed,
        evaluation: evaluationOptions)
    }
  }
}

extension DataRecipe {
  /// Reads the data sets that the recipe names.
  fileprivate func read<Dataset: StoredDataset>() throws -> TaskData<Dataset> {
    func set(at path: String) throws -> Dataset {
      try Dataset(at: path, isUpright: honoursOrientation)
    }
    let sets = try train.map(set)
    // Those of the domain that has all classes of the others; where none does, they are compared with the first.
    let classes =
      sets.map(\.classNames).first { names in
        sets.allSatisfy { Set(names).isSuperset(of: $0.classNames) }
      } ?? sets.first?.classNames ?? []
    if let only = classes.first, classes.count == 1, sets.allSatisfy({ $0.labelValues == nil }) {
      throw RecipeError.oneClass(only, of: train)
    }
    let whole = try sets.map { try $0.widened(to: classes) }
    let splits = heldOutFraction.map { fraction in whole.map { $0.holdingOut(fraction) } }
    // Otherwise sets would be compared with classes that have no images.
    for domain in whole { try domain.requireEveryClass() }
    // A set too small to be split is trained on as a whole: there is nothing of it to judge.
    let shares = splits?.map(\.heldOut).filter { $0.count > 0 }
    if let heldOutFraction, shares?.isEmpty == true {
      throw RecipeError.nothingHeldOut(
        fraction: heldOutFraction, of: train, areScenes: whole.contains { $0.labelValues != nil })
    }
    func other(at path: String) throws -> Dataset {
      try set(at: path).aligned(to: classes, renaming: renamedClasses)
    }
    return try TaskData(
      training: splits?.map(\.training) ?? whole,
      heldOut: shares ?? heldOut.map { try set(at: $0).widened(to: classes) },
      others: unseen.map { (try other(at: $0), .unseen) } + real.map { (try other(at: $0), .real) },
      unsplit: splits == nil ? nil : whole)
  }
}
