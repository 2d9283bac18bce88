import Backbones
import Datasets
import Registry
import Settings
import YAML

/// A recipe for somebody's own data, with the reason of every choice.
public struct RecipeProposal: Sendable {
  /// The folders that it is for.
  public struct Data: Sendable {
    /// The synthetic images that are trained on.
    public var train: DataSurvey
    /// Other synthetic images, which select the checkpoint.
    public var heldOut: DataSurvey?
    /// The photographs that the network is judged on.
    public var real: DataSurvey?

    /// Folders; only the first must be there.
    public init(train: DataSurvey, heldOut: DataSurvey? = nil, real: DataSurvey? = nil) {
      self.train = train
      self.heldOut = heldOut
      self.real = real
    }
  }

  /// The machine that it is for.
  public struct Machine: Sendable {
    /// The number of its processors.
    public var processors: Int
    /// Whether it has a GPU that answers.
    public var hasGPU: Bool

    /// A machine.
    public init(processors: Int, hasGPU: Bool) {
      self.processors = processors
      self.hasGPU = hasGPU
    }
  }

  /// A key with its value, or without one a line that is no more than a remark.
  struct Choice: Sendable {
    /// The section; empty at the top.
    let section: String
    let key: String
    /// Nil for a key that is only mentioned.
    let value: SettingValue?
    let reason: String
  }

  private(set) var choices: [Choice] = []
  let data: Data
  /// Pictures that were to select the checkpoint, but are laid out otherwise than those that are trained on.
  let unfitHeldOut: DataSurvey?
  let machine: Machine

  /// A recipe for `data` on `machine`.
  /// - Throws: `DatasetError.unlabelled` for training data without labels.
  public init(_ data: Data, _ machine: Machine, registry: Registry = .standard) throws {
    unfitHeldOut = data.heldOut.flatMap { $0.layout == data.train.layout ? nil : $0 }
    self.data = Data(
      train: data.train, heldOut: unfitHeldOut == nil ? data.heldOut : nil, real: data.real)
    self.machine = machine
    guard data.train.layout != .unlabelled else {
      throw DatasetError.unlabelled(path: data.train.path, images: data.train.count)
    }
    let (name, hasWeights) = backbone(among: registry)
    chooseData()
    choose("model", "backbone", .string(name), backboneReason(hasWeights, registry))
    if !hasWeights {
      choose(
        "model", "weights", "random",
        "no published weights are on this machine: expect much less than with them; 'models' says where they come from"
      )
    }
    if isSegmentation {
      choose(
        "model", "head", "deeplab-v2",
        "a light head, as in Recipes/streets.yaml; 'recipe model.head' lists the others")
    }
    chooseTraining(isSmall: name.hasPrefix("efficientnet"))
  }

  mutating func choose(_ section: String, _ key: String, _ value: SettingValue?, _ reason: String) {
    choices.append(Choice(section: section, key: key, value: value, reason: reason))
  }

  var isSegmentation: Bool { data.train.layout == .scenes }

  /// The pictures that are left for training.
  var trainingCount: Int {
    data.heldOut == nil
      ? max(1, data.train.count - Int(Double(data.train.count) * heldOutFraction))
      : data.train.count
  }

  /// About 500 pictures select a checkpoint well; at least a twentieth, at most a fifth is set aside, and nothing where no class
  /// has two: the single one is trained on.
  var heldOutFraction: Double {
    let most = isSegmentation ? data.train.count : data.train.classCounts.max() ?? 0
    guard most > 1 else { return 0 }
    let share = 500 / Double(max(data.train.count, 1))
    return (min(max(share, 0.05), 0.2) * 100).rounded() / 100
  }

  /// The side of the square that the network sees.
  var imageSize: Int {
    let largest = machine.hasGPU ? (isSegmentation ? 512 : 224) : 128
    let side = (data.train.shorterSide ?? largest) / 32 * 32
    return min(max(side, 32), largest)
  }

  /// The pictures of a step: fewer where there are few.
  var batchSize: Int {
    var size = isSegmentation ? 8 : 32
    while size > 1, size * 2 > trainingCount { size /= 2 }
    return size
  }

  /// How often the run goes through the data.
  var epochs: Int {
    let views =
      machine.hasGPU ? (isSegmentation ? 40_000 : 200_000) : (isSegmentation ? 2_000 : 12_000)
    return min(max(1, views / max(trainingCount, 1)), 100)
  }

  var stepsPerEpoch: Int { max(1, trainingCount / batchSize) }

  /// The first backbone of a list whose published weights are on this machine; else the first, without them.
  private func backbone(among registry: Registry) -> (name: String, hasWeights: Bool) {
    let small = ["efficientnet-lite0", "resnet18", "resnet34", "resnet50", "resnet101"]
    let large = ["resnet50", "resnet101", "resnet34", "resnet18", "efficientnet-lite0"]
    let known = (machine.hasGPU ? large : small).filter(registry.backboneNames.contains)
    let found = known.first { name in
      (try? registry.backbone(named: name).publishedWeights()) != nil
    }
    return (found ?? known.first ?? "efficientnet-lite0", found != nil)
  }

  private func backboneReason(_ hasWeights: Bool, _ registry: Registry) -> String {
    let size = machine.hasGPU ? "for a GPU" : "small, since this machine has no GPU that answers"
    return hasWeights ? "\(size); its ImageNet weights are on this machine" : size
  }
}
