import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Factors on the rates of groups.
@Suite struct ScaledRatesTests {
  enum Name: Sendable {
    case inside
    case outside
    case adamw
  }

  private func optimizer(_ name: Name, _ groups: [ParameterGroup]) -> any Optimizer {
    switch name {
    case .inside: SGD(groups, momentum: 0.9, weightDecay: 0.01, form: .rateInside)
    case .outside: SGD(groups, momentum: 0.9, weightDecay: 0.01, form: .rateOutside)
    case .adamw: AdamW(groups, AdamWConfiguration())
    }
  }

  /// What two groups are after three steps.
  private func train(_ name: Name, rates: [Double], scale: [Double]?) throws -> [[Float]] {
    let groups = try rates.enumerated().map { place, rate in
      let parameter = try Parameter([4])
      try withoutGradients {
        try parameter.tensor.copyInPlace(Filling.uniform("scaled\(place)", [4], -1, 1))
      }
      let key = "encoder_q.blocks.\(place).weight"
      return ParameterGroup(
        [NamedTensor(name: key, tensor: parameter.tensor, isParameter: true)], rate: rate)
    }
    let optimizer = optimizer(name, groups)
    #expect(optimizer.groups.map(\.name) == ["blocks.0", "blocks.1"])
    if let scale { optimizer.scale(scale) }
    for _ in 0..<3 {
      for group in groups {
        for parameter in group.parameters {
          try (parameter.tensor * parameter.tensor).sum().backward()
        }
      }
      try optimizer.step(learningRate: 0.1)
      try optimizer.clearGradients()
    }
    return try groups.map { try $0.parameters[0].tensor.detached().scalars() }
  }

  @Test(arguments: [Name.inside, .outside, .adamw])
  func aFactorIsAPartOfTheRate(name: Name) throws {
    let scaled = try train(name, rates: [1, 1], scale: [0.5, 1])
    #expect(try scaled == train(name, rates: [0.5, 1], scale: nil))
    #expect(try scaled != train(name, rates: [1, 1], scale: nil))
    // What has no factor keeps its rate.
    #expect(try scaled == train(name, rates: [1, 1], scale: [0.5]))
  }

  @Test(arguments: [Name.inside, .outside, .adamw])
  func aFactorOfZeroLeavesAGroupAsItIs(name: Name) throws {
    let trained = try train(name, rates: [1, 1], scale: [0, 1])
    let start: [Float] = try Filling.uniform("scaled0", [4], -1, 1).scalars()
    #expect(trained[0] == start)
    #expect(try trained[1] == train(name, rates: [1, 1], scale: nil)[1])
  }
}
