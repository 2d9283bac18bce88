import Foundation
import Generalization
import ReferenceSupport
import Testing
import Torch

@Suite struct HypersphericalEnergyTests {
  private let fixture: Fixture

  init() throws {
    fixture = try Fixture("losses")
  }

  @Test(arguments: ["", "coincident_"])
  func agreesWithADoubleLoop(prefix: String) throws {
    let features = try fixture[prefix.isEmpty ? "energy.features" : "energy.coincident"]
    let expected: [Double] = try fixture["energy.\(prefix)energies"].scalars()
    let energy = try HypersphericalEnergy(of: features)
    for (value, reference) in zip([energy.power0, energy.power1, energy.power2], expected) {
      #expect(abs(value - reference) <= 1e-9 * abs(reference), "\(value), not \(reference)")
    }
  }

  @Test(arguments: [1, 3, 7, 19, 20, 1000])
  func blocksChangeNothing(blockSize: Int) throws {
    let whole = try HypersphericalEnergy(of: fixture["energy.features"])
    let blocked = try HypersphericalEnergy(of: fixture["energy.features"], blockSize: blockSize)
    #expect(abs(whole.power0 - blocked.power0) < 1e-12)
    #expect(abs(whole.power1 - blocked.power1) < 1e-12)
    #expect(abs(whole.power2 - blocked.power2) < 1e-12)
  }

  /// Opposite points are at distance 2.
  @Test func oppositePoints() throws {
    let energy = try HypersphericalEnergy(of: Tensor([1.0, 0, -5, 0], shape: [2, 2]))
    #expect(abs(energy.power0 + log(4)) < 1e-12)
    #expect(abs(energy.power1 - 0.5) < 1e-12)
    #expect(abs(energy.power2 - 0.25) < 1e-12)
  }

  @Test func rotationChangesNothing() throws {
    let features = try fixture["energy.features"]
    // A Householder reflection is orthogonal.
    let axis = try Tensor.normal([16, 1], dtype: .float64, generator: Generator(seed: 4))
      .normalized(0)
    let rotated = try features - features.matmul(axis).matmul(axis.transposed()) * 2
    let energy = try HypersphericalEnergy(of: features)
    let after = try HypersphericalEnergy(of: rotated)
    #expect(abs(energy.power0 - after.power0) < 1e-10)
    #expect(abs(energy.power2 - after.power2) < 1e-10)
  }

  @Test func oneFeatureIsAnError() throws {
    #expect(throws: TorchError.self) { try HypersphericalEnergy(of: Tensor.ones([1, 4])) }
  }
}
