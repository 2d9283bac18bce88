import Foundation
import Generalization
import ReferenceSupport
import Testing
import Torch

@Suite struct HypersphericalEnergyTests {
  private typealias Power = HypersphericalEnergy.Power

  private let fixture: Fixture

  init() throws {
    fixture = try Fixture("losses")
  }

  @Test(arguments: ["", "coincident_"])
  func agreesWithADoubleLoop(prefix: String) throws {
    let features = try fixture[prefix.isEmpty ? "energy.features" : "energy.coincident"]
    let expected: [Double] = try fixture["energy.\(prefix)energies"].scalars()
    let energy = try HypersphericalEnergy(of: features)
    for (value, reference) in zip(Power.allCases.map { energy[$0] }, expected) {
      #expect(abs(value - reference) <= 1e-9 * abs(reference), "\(value), not \(reference)")
    }
  }

  @Test(arguments: [1, 3, 7, 19, 20, 1000])
  func blocksChangeNothing(blockSize: Int) throws {
    let whole = try HypersphericalEnergy(of: fixture["energy.features"])
    let blocked = try HypersphericalEnergy(of: fixture["energy.features"], blockSize: blockSize)
    #expect(abs(whole[.zero] - blocked[.zero]) < 1e-12)
    #expect(abs(whole[.one] - blocked[.one]) < 1e-12)
    #expect(abs(whole[.two] - blocked[.two]) < 1e-12)
  }

  /// Opposite points are at distance 2.
  @Test func oppositePoints() throws {
    let energy = try HypersphericalEnergy(of: Tensor([1.0, 0, -5, 0], shape: [2, 2]))
    #expect(abs(energy[.zero] + log(4)) < 1e-12)
    #expect(abs(energy[.one] - 0.5) < 1e-12)
    #expect(abs(energy[.two] - 0.25) < 1e-12)
  }

  @Test func rotationChangesNothing() throws {
    let features = try fixture["energy.features"]
    // A Householder reflection is orthogonal.
    let axis = try Tensor.normal([16, 1], dtype: .float64, generator: Generator(seed: 4))
      .normalized(0)
    let rotated = try features - features.matmul(axis).matmul(axis.transposed()) * 2
    let energy = try HypersphericalEnergy(of: features)
    let after = try HypersphericalEnergy(of: rotated)
    #expect(abs(energy[.zero] - after[.zero]) < 1e-10)
    #expect(abs(energy[.two] - after[.two]) < 1e-10)
  }

  /// Run folders, tables and reports name powers by these.
  @Test func powersAreTheKeysOfJSON() throws {
    let energy = try HypersphericalEnergy(of: Tensor([1.0, 0, -1, 0], shape: [2, 2]))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(energy.values.mapValues { ($0 * 1000).rounded() / 1000 })
    #expect(String(decoding: data, as: UTF8.self) == #"{"0":-1.386,"1":0.5,"2":0.25}"#)
    let read = try JSONDecoder().decode([Power: Double].self, from: data)
    #expect(read[.one] == 0.5)
    #expect(Power.allCases.map(\.title) == ["HSE 0", "HSE 1", "HSE 2"])
  }

  /// Of float32 features most products are in float32; float64 ones are the reference.
  @Test(arguments: [
    // Spread out; all in one direction; so near that whole blocks are exact; with some pairs near or coincident.
    (spread: 1.0, shift: 0.0, copies: 0), (1, 4, 0), (1e-3, 1, 0), (1, 0.5, 40), (1, 0, 240),
  ])
  func singlePrecisionIsPreciseEnough(spread: Double, shift: Double, copies: Int) throws {
    let generator = try Generator(seed: 11)
    let own = try Tensor.normal([500 - copies, 96], generator: generator) * spread + shift
    // Copies of the first features, every second one moved a little.
    let moved =
      try own.narrowed(0, 0..<copies) * 3
      + Tensor.normal([copies, 96], generator: generator) * 1e-2
      * Tensor((0..<copies).map { Float($0 % 2) }, shape: [copies, 1])
    let features = try Tensor.concatenated([own, moved])
    let exact = try features.converted(to: .float64)
    for blockSize in [64, 190, 1024] {
      let found = try HypersphericalEnergy(of: features, blockSize: blockSize)
      let expected = try HypersphericalEnergy(of: exact, blockSize: blockSize)
      for power in HypersphericalEnergy.Power.allCases {
        let scale = max(1, abs(expected[power]))
        #expect(abs(found[power] - expected[power]) <= 1e-6 * scale, "\(power), \(blockSize)")
      }
      let uniformity = try FeatureDiversity.uniformity(of: features, blockSize: blockSize)
      let reference = try FeatureDiversity.uniformity(of: exact, blockSize: blockSize)
      #expect(abs(uniformity - reference) <= 1e-6)
    }
  }

  @Test func oneFeatureIsAnError() throws {
    #expect(throws: TorchError.self) { try HypersphericalEnergy(of: Tensor.ones([1, 4])) }
  }
}
