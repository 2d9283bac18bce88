import Backbones
import Foundation
import Generalization
import ProcessSupport
import ReferenceSupport
import Runs
import Settings
import Testing
import Torch
import TorchNN
import Training

/// Steps of one process, of one that takes every batch in parts, and of several that share the same batches. Ranks are threads
/// of this process here; processes of their own are compared in `ProcessTests`.
@Suite struct SharedStepTests {
  /// What is trained.
  struct Case: Sendable, CustomTestStringConvertible {
    let method: any MethodConfiguration
    var isDense = false
    var recomputes = false
    var weights: [Float]?
    var mixing: StyleMixing?
    /// The learning rate before warm-up.
    var rate = 0.05
    /// How far losses may be apart after the first step; more where a term near its minimum depends on the last digits.
    var tolerance = 1e-3

    var testDescription: String {
      type(of: method).name + (isDense ? ", dense" : "") + (recomputes ? ", recomputed" : "")
        + (weights == nil ? "" : ", weighted") + (mixing.map { ", \($0.rule.rawValue)" } ?? "")
    }
  }

  private static let csg = CSGConfiguration(
    queueCapacity: 22, average: MovingAverage(momentum: 0.9), dimension: 16)
  private static var denseCSG: CSGConfiguration {
    var configuration = csg
    configuration.lambda = 1
    configuration.grid = 3
    configuration.queueCapacity = 100
    return configuration
  }
  private static var gcisg: GCISGConfiguration {
    var configuration = GCISGConfiguration()
    configuration.queueCapacity = 22
    configuration.dimension = 16
    configuration.momentum = 0.9
    return configuration
  }
  private static var isw: ISWConfiguration {
    var configuration = ISWConfiguration()
    // Pairs are chosen after three steps of twenty.
    configuration.startEpochs = 0.25
    configuration.trials = 2
    return configuration
  }
  private static func shade(things: [String]) -> SHADEConfiguration {
    var configuration = SHADEConfiguration()
    configuration.prototypes = 4
    configuration.pool = 16
    configuration.refreshEpochs = 1
    configuration.things = things
    return configuration
  }
  private static func mixing(_ rule: StyleMixing.Rule) -> StyleMixing {
    var mixing = StyleMixing(rule)
    mixing.probability = 0.5
    return mixing
  }
  private static var diagonal: WeightDistanceConfiguration {
    var configuration = WeightDistanceConfiguration.standard(for: .image)
    configuration.fisher = .diagonal
    configuration.fisherImageCount = 4
    return configuration
  }
  private static var intelligence: SynapticIntelligenceConfiguration {
    var configuration = SynapticIntelligenceConfiguration.standard(for: .image)
    configuration.interval = 5
    return configuration
  }

  static let cases: [Case] = [
    .init(method: VanillaConfiguration()),
    .init(method: VanillaConfiguration(), weights: [1, 2, 0.5, 3, 0]),
    .init(method: OracleConfiguration()),
    .init(method: csg),
    .init(method: csg, recomputes: true),
    .init(method: ASGConfiguration.standard(for: .image)),
    .init(method: FeatureDistanceConfiguration.standard(for: .image)),
    .init(method: WeightDistanceConfiguration.standard(for: .image), recomputes: true),
    .init(method: diagonal),
    .init(method: intelligence),
    .init(method: DomainRandomizationConfiguration.standard(for: .image), rate: 0.01),
    .init(method: gcisg, rate: 0.01, tolerance: 5e-3),
    .init(method: isw, rate: 0.01),
    .init(method: shade(things: []), rate: 0.01),
    // One pass of the student in the first step, before there are styles, and two from then on.
    .init(method: shade(things: []), recomputes: true, rate: 0.01),
    .init(method: CORALConfiguration(), rate: 0.01),
    .init(method: IRMConfiguration(lambda: 2, anneal: 3), rate: 0.01),
    .init(method: VanillaConfiguration(), mixing: mixing(.mixStyle), rate: 0.01),
    .init(method: csg, recomputes: true, mixing: mixing(.permuted), rate: 0.01),
    .init(method: VanillaConfiguration(), isDense: true),
    .init(method: denseCSG, isDense: true, rate: 0.01),
    .init(method: shade(things: ["b", "d"]), isDense: true, rate: 0.005),
    .init(
      method: DomainRandomizationConfiguration.standard(for: .pixel), isDense: true,
      weights: [1, 2, 0.5, 3, 0], rate: 0.01),
  ]

  @Test(arguments: cases)
  func sharesAreTheBatch(_ example: Case) throws {
    let alone = try Self.trained(example)
    for size in [2, 3] {
      let together = try Ranks.run(size) { group in try Self.trained(example, in: group) }
      for (rank, found) in together.enumerated() {
        expectNear(found, alone, "rank \(rank) of \(size)", within: example.tolerance)
        for (name, weights) in found.weights {
          // The same step in every process, to the bit.
          #expect(weights == together[0].weights[name], "rank \(rank) of \(size), \(name)")
        }
      }
    }
  }

  /// All that do not give the maps of a whole batch other styles.
  @Test(arguments: cases.filter { $0.mixing == nil && !($0.method is SHADEConfiguration) })
  func partsAreTheBatch(_ example: Case) throws {
    let whole = try Self.trained(example, iterations: 6)
    // Seven images are three and two and two, or four and three.
    for parts in [2, 3] {
      expectNear(
        try Self.trained(example, parts: parts, iterations: 6), whole, "\(parts) parts",
        within: example.tolerance)
    }
    // Shares of three and four images; the last parts of both have one.
    let together = try Ranks.run(2) { group in
      try Self.trained(example, in: group, parts: 3, iterations: 6)
    }
    for (rank, found) in together.enumerated() {
      expectNear(
        found, whole, "3 parts, rank \(rank) of 2", within: example.tolerance)
    }
  }

  @Test func moreProcessesAndPartsThanImages() throws {
    let example = Self.cases[3]
    let whole = try Self.trained(example, iterations: 6)
    // Shares of two images, two and three, in three parts each.
    let together = try Ranks.run(3) { group in
      try Self.trained(example, in: group, parts: 3, iterations: 6)
    }
    for (rank, found) in together.enumerated() {
      expectNear(
        found, whole, "3 parts, rank \(rank) of 3", within: example.tolerance)
    }
  }

  /// Float32 convolutions of a CUDA device have TF32's ten bits, other operations add in another order.
  @Test(
    .enabled(if: (try? Device(named: "cuda")) != nil, "no CUDA device answers here"),
    arguments: cases)
  func aCUDADeviceTakesTheSameSteps(_ example: Case) throws {
    let device = try Device(named: "cuda")
    expectNear(
      try Self.trained(example, on: device, dropout: 0, iterations: 4),
      try Self.trained(example, dropout: 0, iterations: 4), "\(device)", atFirst: 3e-3,
      within: 0.1, weights: 2e-2)
  }

  private func expectNear(
    _ found: Trained, _ expected: Trained, _ place: String, atFirst first: Double = 1e-5,
    within later: Double, weights: Float = 2e-3
  ) {
    #expect(found.losses.count == expected.losses.count)
    for (iteration, (found, expected)) in zip(found.losses, expected.losses).enumerated() {
      // What is rounded in another order in one step has its effect on all later ones.
      let tolerance = iteration == 0 ? first : later
      for (found, expected) in zip(found, expected) {
        #expect(
          abs(found - expected) <= tolerance * max(abs(expected), 0.01),
          "\(place), iteration \(iteration): \(found), expected \(expected)")
      }
    }
    #expect(found.weights.keys.sorted() == expected.weights.keys.sorted())
    for (name, expected) in expected.weights {
      let distance = zip(found.weights[name] ?? [], expected).map { abs($0 - $1) }.max() ?? 0
      let scale = expected.map(abs).max() ?? 0
      #expect(distance <= weights * scale + 1e-6, "\(place), \(name): \(distance) of \(scale)")
    }
  }

  @Test func aLossThatIsNotFiniteStopsAllAndNamesTheRank() throws {
    let outcomes = try Ranks.outcomes(3) { group in
      try Self.trained(Case(method: SpoiledConfiguration(isSpoiled: group.rank == 2)), in: group)
    }
    for outcome in outcomes {
      let error = #expect(throws: TrainingError.self) { try outcome.get() }
      guard case .lossNotFinite(0, let terms) = error else {
        Issue.record("\(error as Any)")
        continue
      }
      #expect(terms.hasSuffix("on rank 2"), "\(terms)")
    }
  }

  /// A method whose term is not a number.
  private final class Spoiled: Method {
    let stages: Set<Stage> = []
    let usesKeyView = false
    let trainedTensors: [NamedTensor] = []
    let value: Float

    init(_ value: Float) { self.value = value }

    func terms(of step: TrainingStep) throws -> MethodTerms {
      _ = try step.output
      var terms = MethodTerms()
      terms.losses = [.init(name: "spoiled", value: try Tensor([value]).sum(), weight: 1)]
      return terms
    }
  }

  private struct SpoiledConfiguration: MethodConfiguration {
    static let name = "spoiled"
    static let summary = "Not a number."
    static let settings: [Setting<SpoiledConfiguration>] = []
    static func standard(for labels: LabelScope) -> SpoiledConfiguration { .init() }
    var isSpoiled = false
    func makeMethod(_ start: MethodStart) -> any Method { Spoiled(isSpoiled ? .nan : 0) }
  }
}
