import Datasets
import Runs
import Torch

/// What a run of an experiment will do, before its first step.
public struct TrainingPlan: Sendable {
  /// A data set and what it is for.
  public struct DataSet: Sendable, Equatable {
    /// `trained on`, or the domain of one that the network is judged on.
    public let role: String
    /// Its path.
    public let path: String
    /// The number of images.
    public let count: Int
    /// The number of images of each class that occurs; empty where pixels have classes.
    public let classes: [ClassCount]
  }

  /// A class and the number of its images.
  public struct ClassCount: Sendable, Equatable {
    /// The class.
    public let name: String
    /// The number of images.
    public let count: Int
  }

  /// The sets in the order of the recipe; empty for a task that has none.
  public let sets: [DataSet]
  /// The number of steps.
  public let iterations: Int
  /// The number of images in a step.
  public let batchSize: Int
  /// The number of steps that go once through the data.
  public let stepsPerEpoch: Int
  /// The number of evaluations.
  public let evaluations: Int
  /// The number of parameters of the network that is trained.
  public let parameters: Int
  /// The number of parameters that are trained, those of the method included.
  public let trainedParameters: Int
  /// The number of parameters that stay as they are.
  public let frozenParameters: Int

  /// The number of images that each evaluation judges.
  public var judgedImages: Int {
    sets.reduce(0) { $1.role == Self.trainedOn ? $0 : $0 + $1.count }
  }
  /// The role of a set of training images.
  fileprivate static let trainedOn = "trained on"

  /// What `experiment` will do.
  public init(of experiment: Experiment) throws {
    sets = (experiment.task as? any DatasetTask)?.plannedSets ?? []
    iterations = experiment.iterations
    batchSize = experiment.order.batchSize
    stepsPerEpoch = experiment.order.batchesPerEpoch
    evaluations = (1...experiment.iterations).count { experiment.isEvaluationDue(after: $0) }
    let own = experiment.network.backbone.parameterCount + experiment.network.head.parameterCount
    parameters = own
    trainedParameters = experiment.optimizer.parameters.reduce(0) { $0 + $1.count }
    let ofMethod = try experiment.method.stateDict().reduce(0) { $0 + $1.value.count }
    let trainedOfMethod = experiment.method.trainedTensors.reduce(0) { $0 + $1.tensor.count }
    frozenParameters =
      own + trainedOfMethod - trainedParameters + max(0, ofMethod - trainedOfMethod)
  }
}

extension DatasetTask {
  fileprivate var plannedSets: [TrainingPlan.DataSet] {
    let judged = data.heldOut.map { ($0, Evaluation.Domain.synthetic) } + data.others
    return data.training.map { Self.planned($0, TrainingPlan.trainedOn) }
      + judged.map { Self.planned($0.0, "judged on, \($0.1.rawValue)") }
  }

  private static func planned(_ set: Dataset, _ role: String) -> TrainingPlan.DataSet {
    var counts = [Int](repeating: 0, count: set.classNames.count)
    for index in 0..<set.count {
      if let label = set.label(of: index), counts.indices.contains(label) { counts[label] += 1 }
    }
    return TrainingPlan.DataSet(
      role: role, path: set.path, count: set.count,
      classes: zip(set.classNames, counts).filter { $0.1 > 0 }
        .map { TrainingPlan.ClassCount(name: $0, count: $1) })
  }
}
