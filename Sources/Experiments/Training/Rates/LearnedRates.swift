import Datasets
import Generalization
import Imaging
import Torch
import TorchNN

/// Lets a policy choose the rates of the layers of a student's backbone after each evaluation.
final class LearnedRates {
  private let controller: RateController
  private let optimizer: any Optimizer
  /// The places of the layers among the groups of the optimiser.
  private let places: [Int]
  private let names: [String]
  private let seed: UInt64

  /// Rates of the layers of the backbone that `optimizer` trains; its last group, the heads, keeps its rate.
  /// - Throws: `ExperimentError.noLayersToRate`, `.noRateScales`.
  init(of optimizer: any Optimizer, by settings: RatePolicySettings, seed: UInt64) throws {
    guard !settings.scales.isEmpty else { throw ExperimentError.noRateScales }
    self.optimizer = optimizer
    self.seed = seed
    let groups = optimizer.groups
    places = groups.indices.dropLast().filter { !groups[$0].parameters.isEmpty }
    guard !places.isEmpty else { throw ExperimentError.noLayersToRate }
    names = places.map { groups[$0].name }
    var draws = AddressedGenerator(seed: seed, for: .rateDecision(0))
    controller = try RateController(
      layers: places.count, settings, using: Generator(seed: draws.next()))
  }

  /// The factor on each layer's rate, for the metrics.
  var figures: [(name: String, value: Double)] {
    zip(names, controller.scales).map { ("rate_scale_\($0)", $1) }
  }

  /// Makes the next decision; that of rank 0 counts where several processes share the run.
  /// - Parameter figure: the main figure on held-out synthetic images.
  func decide(figure: Double, progress: Double, in processes: ProcessGroup?) throws {
    let groups = optimizer.groups
    let norms = try withoutGradients {
      try places.map { try groups[$0].parameters.map(\.tensor).norm().item() }
    }
    var draws = AddressedGenerator(
      seed: seed, for: .rateDecision(controller.decisionCount + 1))
    try controller.decide(.init(figure: figure, norms: norms, progress: progress)) {
      draws.nextUnitDouble()
    }
    if let processes {
      let choices = try Tensor(controller.choices.map(Int64.init)).moved(to: processes.device)
      try processes.broadcast(choices)
      controller.take(try choices.moved(to: .cpu).scalars(Int64.self).map(Int.init))
    }
    apply()
  }

  /// What a checkpoint must hold.
  func stateDict() throws -> StateDict { try controller.stateDict() }

  /// Goes on from a `stateDict`.
  /// - Throws: `StateDictMismatch`.
  func load(_ state: StateDict) throws {
    try controller.load(state)
    apply()
  }

  private func apply() {
    var factors = [Double](repeating: 1, count: optimizer.groups.count)
    for (place, scale) in zip(places, controller.scales) { factors[place] = scale }
    optimizer.scale(factors)
  }
}
