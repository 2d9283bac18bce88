import Backbones
import Torch
import TorchNN

/// Instance selective whitening (RobustNet; Choi et al., CVPR 2021): those covariances of features that change with the colours of an
/// image are to vanish.
///
/// After some epochs, during a few batches, the variance of each covariance between the two views of every image is measured. By
/// 3-means over these variances, the pairs of channels outside the lowest cluster are chosen; from then on the mean of their absolute
/// covariances in x_q's instance-normalised maps is a term of each stage, weighted by λ / number of stages.
///
/// The views differ in their colours, and for labels of images also in their crops. The paper's network normalises the maps of these
/// stages itself, which is another backbone: those of IBN-Net's variant b do so.
public final class ISW: Method {
  private let configuration: ISWConfiguration
  private let parts: [Part]
  /// The iterations in which variances are measured.
  private let trials: Range<Int>
  private var iteration = 0

  /// What is kept for one stage.
  private final class Part {
    let stage: Stage
    /// The variances of the covariances, summed over the batches so far, C×C float32.
    let variances: Tensor
    /// 1 for each chosen pair of channels, above the diagonal, C×C float32.
    let mask: Tensor

    init(_ stage: Stage, channels: Int, device: Device) throws(TorchError) {
      self.stage = stage
      variances = try Tensor.zeros([channels, channels], device: device)
      mask = try Tensor.zeros([channels, channels], device: device)
    }

    /// Chooses the pairs whose variance is not in the lowest cluster.
    func choose(clusters: Int) throws(TorchError) {
      let channels = mask.shape[0]
      let values: [Float] = try variances.scalars()
      func variance(_ row: Int, _ column: Int) -> Double {
        Double(values[row * channels + column])
      }
      let pairs = (0..<channels).flatMap { row in
        (row + 1..<channels).map { variance(row, $0) }
      }
      let end = NumberClusters(pairs, count: clusters).firstEnd
      var chosen = [Float](repeating: 0, count: values.count)
      for row in 0..<channels {
        for column in row + 1..<channels where variance(row, column) > end {
          chosen[row * channels + column] = 1
        }
      }
      try mask.copyInPlace(Tensor(chosen, shape: mask.shape).moved(to: mask.device))
    }
  }

  /// The stages whose maps are whitened.
  public var stages: Set<Stage> { Set(configuration.stages) }
  /// The other view shows which covariances change with the colours.
  public let usesKeyView = true
  /// The method trains only the student.
  public let trainedTensors: [NamedTensor] = []
  /// True: variances are measured in some steps, and used from then on.
  public let changesInSteps = true

  /// The method for a student with these channels.
  /// - Parameters:
  ///   - batchesPerEpoch: the steps of an epoch.
  ///   - iterations: the steps of the run.
  /// - Throws: `MethodError.noStage` for a stage that the backbone has not, `.tooShort` for a run that ends before
  ///   pairs are chosen.
  public init(
    _ configuration: ISWConfiguration, channels: [Stage: Int], batchesPerEpoch: Int,
    iterations: Int = .max, device: Device
  ) throws {
    self.configuration = configuration
    parts = try configuration.stages.map {
      try Part($0, channels: channels.count(of: $0), device: device)
    }
    let start = Int((configuration.startEpochs * Double(batchesPerEpoch)).rounded())
    trials = start..<start + configuration.trials
    guard trials.upperBound < iterations else {
      throw MethodError.tooShort(
        method: ISWConfiguration.name, begins: trials.upperBound, iterations: iterations)
    }
  }

  /// Remembers the number of the step.
  public func begin(iteration: Int) { self.iteration = iteration }

  /// The terms `whitening_layer1`, …; 0 until pairs are chosen.
  /// - Throws: `MethodError.oneView` where there is no second view to measure with.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    var terms = MethodTerms()
    if trials.contains(iteration) { terms.kept = try variances(in: step) }
    let maps = try step.output.features
    for part in parts {
      let map = try maps[part.stage]
      let value =
        iteration < trials.upperBound
        ? try Tensor.zeros([], dtype: map.dtype, device: map.device)
        : try InstanceCovariance.loss(of: map, mask: part.mask.converted(to: map.dtype))
      terms.losses.append(
        .init(
          name: "whitening_\(part.stage)", value: value,
          weight: configuration.lambda / Double(parts.count)))
    }
    return terms
  }

  /// The variances of x_q's images, N×C×C for each stage.
  private func variances(in step: TrainingStep) throws -> [Tensor] {
    guard let key = step.key else { throw MethodError.oneView }
    let others = try withoutGradients {
      try step.student.backbone.features(of: key, stages: stages, in: step.frozenPrecision)
    }
    let maps = try step.output.features
    return try withoutGradients {
      try parts.map { part in
        try InstanceCovariance.variances(maps[part.stage].detached(), others[part.stage])
      }
    }
  }

  /// Adds the variances of the batch, and chooses pairs after the last one.
  public func update(
    _ student: any TaskNetwork, keeping kept: [Tensor], by step: () throws -> Void
  ) throws {
    for (part, variances) in zip(parts, kept) {
      try part.variances.addInPlace(variances.mean([0]).converted(to: .float32))
    }
    if iteration == trials.upperBound - 1 {
      for part in parts { try part.choose(clusters: configuration.clusters) }
    }
    try step()
  }

  /// The variances and the chosen pairs.
  public func stateDict() throws -> StateDict { StateDict(saved) }

  /// Continues from the saved ones.
  /// - Throws: `StateDictMismatch` where the checkpoint lacks them.
  public func load(_ state: StateDict) throws { try saved.load(state, allowsUnexpected: true) }

  private var saved: [NamedTensor] {
    parts.flatMap { part in
      [("variances", part.variances), ("mask", part.mask)].map { name, tensor in
        NamedTensor(name: "isw.\(part.stage).\(name)", tensor: tensor, isParameter: false)
      }
    }
  }
}
