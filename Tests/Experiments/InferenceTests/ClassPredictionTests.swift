import Foundation
import Testing

import Inference

/// What a classifier says of one picture.
struct ClassPredictionTests {
  private static let logits = [2.0, -1.0, 0.5]

  @Test func aTemperatureChangesProbabilitiesButNotTheEnergyScore() {
    let plain = ClassPrediction(logits: Self.logits, temperature: 1)
    let softened = ClassPrediction(logits: Self.logits, temperature: 2.5)
    let energy = -log(Self.logits.reduce(0) { $0 + exp($1) })
    #expect(abs(plain.energy - energy) < 1e-12)
    #expect(softened.energy == plain.energy)
    #expect(softened.probabilities[0] < plain.probabilities[0])
  }

  @Test func equalProbabilitiesStayInTheOrderOfTheClasses() {
    #expect(ClassPrediction(logits: [1, 3, 1, 3], temperature: 1).ranking == [1, 3, 0, 2])
  }
}
