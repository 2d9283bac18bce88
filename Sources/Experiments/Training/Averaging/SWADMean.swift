import Torch
import TorchNN

/// The mean of the tensors after every step between two evaluations that the losses on held-out data choose (``SWADRule``).
///
/// Only the evaluation with the smallest loss so far can be the start, so that the sums begin anew with each such one. Until the
/// threshold is known, which of the next evaluations still belong to the mean is not; each has a sum of its own.
struct SWADMean: StepAverage {
  private let settings: SWADRule.Settings
  private var rule: SWADRule
  /// The number of steps before each evaluation.
  private var iterations: [Int] = []
  /// The sums up to an evaluation and from there on; the first begins with the weights at the start. Once the start is certain,
  /// the first is what belongs to the mean, and the second what may.
  private var sums: [WeightSum] = []

  private static let (lossesKey, iterationsKey) = ("losses", "iterations")

  /// A mean by a rule.
  init(_ settings: SWADRule.Settings) {
    self.settings = settings
    rule = SWADRule(settings)
  }

  var count: Int { sums.reduce(0) { $0 + $1.count } }

  var isOver: Bool { rule.isOver }

  /// From the start to the last evaluation that belongs to the mean.
  var bounds: ClosedRange<Int>? {
    guard let start = rule.start else { return nil }
    let end = rule.isOver ? rule.end ?? start : iterations.count - 1
    return iterations[start]...iterations[end]
  }

  mutating func update(
    after iteration: Int, _ tensors: () throws(TorchError) -> [Tensor]
  ) throws(TorchError) {
    guard !rule.isOver, let last = sums.indices.last else { return }
    try sums[last].add(tensors())
  }

  mutating func judge(
    loss: Double, after iteration: Int, _ tensors: () throws(TorchError) -> [Tensor]
  ) throws(TorchError) {
    guard !rule.isOver, iterations.last != iteration else { return }
    let wasSettled = rule.threshold != nil
    rule.see(loss)
    iterations.append(iteration)
    let newest = iterations.count - 1
    if !wasSettled, rule.start == newest {
      sums = [WeightSum()]
      try sums[0].add(tensors())
    }
    guard let start = rule.start, let end = rule.end else {
      return sums.append(WeightSum())
    }
    // Which of the sums, each of which ends at an evaluation, belong to the mean for certain.
    let certain = wasSettled ? (end == newest ? 2 : 1) : end - start + 1
    let kept = try WeightSum.joined(sums.prefix(certain))
    sums = rule.isOver ? [kept] : [kept, try WeightSum.joined(sums.dropFirst(certain))]
  }

  func means() throws(TorchError) -> [Tensor] { try WeightSum.joined(sums).means() }

  func stateDict(_ names: [String]) throws(TorchError) -> StateDict {
    guard !iterations.isEmpty else { return [:] }
    var state: StateDict = [
      Self.lossesKey: try Tensor(rule.losses),
      Self.iterationsKey: try Tensor(iterations.map(Int64.init)),
    ]
    for (place, sum) in sums.enumerated() {
      state.merge(try sum.stateDict(names).prefixed(Self.prefix(of: place))) { $1 }
    }
    return state
  }

  mutating func load(_ state: StateDict, of tensors: [NamedTensor]) throws {
    self = SWADMean(settings)
    guard let known = state[Self.lossesKey] else {
      // There are none before the first evaluation; what holds something else is not of this rule.
      return try [NamedTensor]().load(state)
    }
    let counts = try Tensor.zeros(known.shape, dtype: .int64)
    try [NamedTensor(name: Self.iterationsKey, tensor: counts, isParameter: false)].load(
      state.filter { $0.key == Self.iterationsKey })
    iterations = try counts.scalars(Int64.self).map(Int.init)
    let losses: [Double] = try known.scalars()
    for loss in losses { rule.see(loss) }
    let open = rule.threshold == nil ? iterations.count - (rule.start ?? 0) + 1 : 2
    sums = try (0..<(rule.isOver ? 1 : open)).map {
      try WeightSum(state.below(Self.prefix(of: $0)), of: tensors)
    }
    // The first sum holds at least the weights at the start.
    if sums[0].count == 0 { try tensors.load([:]) }
  }

  private static func prefix(of place: Int) -> String { "sum\(place)." }
}
