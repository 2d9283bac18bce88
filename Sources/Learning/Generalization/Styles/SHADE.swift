import Backbones
import Torch
import TorchNN

/// Style-hallucinated dual consistency learning (SHADE; Zhao et al., ECCV 2022): the student gives the same answers for each image in a
/// made-up style, and stays near the frozen ImageNet teacher.
///
/// A style is the mean and deviation of each channel of a stage's map. The prototypes S and M are styles of recent training images that
/// lie far from each other, chosen anew every few epochs; a made-up style is wᵀS and wᵀM with w ~ Dirichlet(1/K) for each image.
/// loss = task(x_q) + task(x̂_q) + 10·JS(p, p̂) + MSE(v, u), with the probabilities p of x_q and p̂ of x̂_q, and the last maps v of the
/// student and u of the teacher; for labels of pixels, at the places of which a thing fills three quarters or more.
///
/// Until as many images have been seen as there are prototypes, no style is made up.
public final class SHADE: Method {
  private let configuration: SHADEConfiguration
  private let teacher: FrozenTeacher
  /// The labels of the things.
  private let things: [Int64]
  private let batchesPerEpoch: Int
  private let prototypes: StylePrototypes
  private var iteration = 0

  /// The stage whose styles are made up.
  public var stages: Set<Stage> { [configuration.stage] }
  /// The other view is made inside the network.
  public let usesKeyView = false
  /// The method trains only the student.
  public let trainedTensors: [NamedTensor] = []
  /// True: styles are drawn anew in every step.
  public let changesInSteps = true
  /// True: the maps get the made-up styles.
  public let changesMaps = true

  /// SHADE with the teacher `teacher`, which is frozen here for good.
  /// - Parameters:
  ///   - classNames: the classes by label, among which the things are.
  ///   - batchesPerEpoch: the steps of an epoch.
  ///   - generator: fills the pool of styles before there are any.
  ///   - device: where the student is.
  /// - Throws: `BackboneError.noMapsToChange` for a backbone whose stages hand over no maps, `MethodError.noStage`
  ///   without such a stage, `.noThing` for a thing that is no class.
  public init(
    _ configuration: SHADEConfiguration, teacher: any Backbone, classNames: [String] = [],
    batchesPerEpoch: Int, generator: Generator, device: Device
  ) throws {
    try teacher.requireMaps()
    let channels = try teacher.channels.count(of: configuration.stage)
    things = try configuration.things.map { name in
      guard let label = classNames.firstIndex(of: name) else {
        throw MethodError.noThing(name, known: classNames)
      }
      return Int64(label)
    }
    self.configuration = configuration
    self.teacher = try FrozenTeacher(teacher, on: device)
    self.batchesPerEpoch = batchesPerEpoch
    prototypes = try StylePrototypes(
      configuration.prototypes, of: configuration.pool, channels: channels, generator: generator,
      device: device)
  }

  /// Remembers the number of the step.
  public func begin(iteration: Int) { self.iteration = iteration }

  /// The terms `task_styled`, `consistency` and `retrospection`.
  public func terms(of step: TrainingStep) throws -> MethodTerms {
    let target = try teacher.maps(of: step).last
    let output = try step.output
    let retrospection = try distance(output.features.last, target, step)
    var task = try Tensor.zeros([], dtype: retrospection.dtype, device: retrospection.device)
    var consistency = task
    if prototypes.areChosen {
      let logits = try hallucinating(step) {
        try step.student(step.query, stages: [], mode: step.mode).logits
      }
      task = try step.taskLoss(logits)
      consistency = try jensenShannonDivergence(output.logits, logits)
    } else if step.mode.share != nil, step.student.backbone.recomputes {
      // Processes that share a step expect as many gradients of a parameter in every one, and segments that are computed again give one
      // in each pass. The head, whose statistics a pass moves, is left out.
      let last = try hallucinating(step) {
        try step.student.backbone.features(
          of: step.query, stages: [], in: step.student.precision
        ).last
      }
      task = try last.sum() * 0
    }
    var terms = MethodTerms()
    terms.losses = [
      .init(name: "task_styled", value: task, weight: 1),
      .init(name: "consistency", value: consistency, weight: configuration.consistency),
      .init(name: "retrospection", value: retrospection, weight: configuration.retrospection),
    ]
    let style = try MapStyle(of: output.features[configuration.stage].detached())
    terms.kept = [try style.rows.converted(to: .float32)]
    return terms
  }

  /// A pass on x_q in which the student's backbone gives made-up styles to the maps.
  private func hallucinating<Output>(
    _ step: TrainingStep, _ pass: () throws -> Output
  ) throws -> Output {
    let (share, count) = (step.mode.share, configuration.prototypes)
    let drawn = try Generator(seed: step.seed).dirichlet(
      Tensor.full(
        [share?.total ?? step.query.shape[0], count], 1 / Double(count), dtype: .float64))
    let weights = try share?.rows(of: drawn) ?? drawn
    let (stage, prototypes) = (configuration.stage, self.prototypes)
    return try step.student.backbone.changingMaps(
      by: { map, place in
        guard place == stage else { return map }
        return try map.changedPrecisely { map in
          try prototypes.style(by: weights, dtype: map.dtype)
            .applied(to: MapStyle(of: map).content(of: map))
        }
      }, pass)
  }

  /// The mean squared difference of the student's last map and the teacher's, where the labels want it.
  private func distance(_ v: Tensor, _ u: Tensor, _ step: TrainingStep) throws -> Tensor {
    let squares = try (v - u).power(2).mean([1], keeping: true)
    guard step.labels.rank == 3, !things.isEmpty else { return try squares.mean() }
    let mask = try places(ofThingsIn: step.labels, like: squares.detached())
    let sums = try Tensor.concatenated([
      (squares * mask).sum().reshaped([1]), mask.sum().reshaped([1]),
    ])
    let whole = try step.mode.share.map { try sums.summed(over: $0.group) } ?? sums
    return try whole.selected(0, 0) / whole.selected(0, 1).clamped(min: 1)
  }

  /// 1 at each place of a map that one of the things fills to three quarters or more, otherwise 0; N×1×h×w.
  private func places(ofThingsIn labels: Tensor, like map: Tensor) throws -> Tensor {
    let labels = try labels.unsqueezed(1)
    var mask = try Tensor.zeros(like: map)
    for thing in things {
      let isThing = try labels.equals(Tensor([thing]).moved(to: labels.device))
        .converted(to: map.dtype)
      let filled = try isThing.averagePooled(height: map.shape[2], width: map.shape[3])
      // A place belongs to one thing at most.
      mask = try mask - filled.isAtMost(0.75 - 1e-6).converted(to: map.dtype) + 1
    }
    return mask
  }

  /// The styles of the batch enter the pool; every few epochs prototypes are chosen from it.
  public func update(
    _ student: any TaskNetwork, keeping kept: [Tensor], by step: () throws -> Void
  ) throws {
    for styles in kept { try prototypes.remember(styles) }
    let interval = max(configuration.refreshEpochs * batchesPerEpoch, 1)
    try prototypes.choose(isDue: (iteration + 1) % interval == 0)
    try step()
  }

  /// The teacher, the pool of styles and the prototypes.
  public func stateDict() throws -> StateDict {
    teacher.stateDict().merging(StateDict(prototypes.saved)) { $1 }
  }

  /// Continues with the saved ones.
  /// - Throws: `StateDictMismatch` where the checkpoint lacks them.
  public func load(_ state: StateDict) throws {
    try teacher.load(state)
    try prototypes.load(state)
  }
}
