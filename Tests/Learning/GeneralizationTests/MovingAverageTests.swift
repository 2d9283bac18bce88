import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

@Suite struct MovingAverageTests {
  private struct Reference: Decodable {
    let ramped_momentum: [String: Double]
  }

  @Test func rampAgreesWithTheReference() throws {
    let average = MovingAverage(momentum: 0.999, isRamped: true)
    let expected = try Fixture.json("losses", as: Reference.self).ramped_momentum
    #expect(expected.count > 5)
    for (iteration, momentum) in expected {
      #expect(abs(average.momentum(at: try #require(Int(iteration))) - momentum) < 1e-15)
    }
  }

  @Test func withoutRampTheMomentumIsConstant() {
    let average = MovingAverage(momentum: 0.9)
    #expect(average.momentum(at: 0) == 0.9)
    #expect(average.momentum(at: 1000) == 0.9)
  }

  @Test func parametersMoveByTheRest() throws {
    let kept = try Linear(1, 1)
    let new = try Linear(1, 1)
    try kept.weight.initialize(to: 1)
    try new.weight.initialize(to: 3)
    try MovingAverage(momentum: 0.75).update(kept, towards: new, iteration: 0)
    #expect(try kept.weight.tensor.item() == 1.5)
    #expect(try new.weight.tensor.item() == 3)
  }
}
