import Foundation
import Testing
import Torch
import TorchNN

@Suite("Optimisation")
struct OptimizationTests {
  private struct Figures: Decodable {
    struct Steps: Decodable {
      let lr: [Double]
      let rates: [Double]
    }
    struct Schedule: Decodable {
      let lr: Double
      let iterations: Int
      let values: [String: Double]
    }
    let sgd: Steps
    let schedule: Schedule
  }

  private let figures: Figures
  private let tensors: StateDict

  init() throws {
    figures = try Reference.decode(Figures.self, from: "losses.json")
    tensors = try Reference.tensors("losses.safetensors").below("sgd.")
  }

  @Test("Parameters and buffers follow the reference over five steps", arguments: SGD.Form.allCases)
  func reference(form: SGD.Form) throws {
    let parameters = try start()
    let optimizer = optimizer(of: parameters, form)
    let prefix = form == .rateInside ? "rate_inside" : "common"
    for step in figures.sgd.lr.indices {
      try advance(optimizer, parameters, step)
      for parameter in parameters {
        let after = try #require(tensors["\(prefix).after\(step).\(parameter.name)"])
        let buffer = try #require(tensors["\(prefix).buffer\(step).\(parameter.name)"])
        let ownBuffer = try #require(optimizer.stateDict()[parameter.name])
        #expect(try relativeDifference(parameter.tensor, after) < 1e-14)
        #expect(try relativeDifference(ownBuffer, buffer) < 1e-14)
      }
    }
  }

  @Test("A saved and loaded optimiser goes on bit for bit", arguments: SGD.Form.allCases)
  func resuming(form: SGD.Form) throws {
    let parameters = try start()
    let optimizer = optimizer(of: parameters, form)
    for step in 0..<2 { try advance(optimizer, parameters, step) }
    let copies = try parameters.map { parameter in
      let copy = try parameter.tensor.detached().clone()
      try copy.requireGradient()
      return NamedTensor(name: parameter.name, tensor: copy, isParameter: true)
    }
    let resumed = self.optimizer(of: copies, form)
    try resumed.load(optimizer.stateDict().mapValues { try $0.clone() })
    for step in 2..<5 {
      try advance(optimizer, parameters, step)
      try advance(resumed, copies, step)
    }
    for (parameter, copy) in zip(parameters, copies) {
      #expect(try parameter.tensor.doubles() == copy.tensor.doubles())
    }
  }

  @Test("Buffers that do not fit are refused by name, and those there were stay")
  func misfittingState() throws {
    let parameters = try start()
    let optimizer = optimizer(of: parameters, .rateInside)
    try advance(optimizer, parameters, 0)
    let before = try optimizer.stateDict().mapValues { try $0.doubles() }
    let mismatch = #expect(throws: StateDictMismatch.self) {
      try optimizer.load(["first": .ones([1]), "third": .ones([1])])
    }
    #expect(mismatch?.unexpected == ["third"])
    #expect(mismatch?.misshaped.map(\.key) == ["first"])
    #expect(mismatch?.misshaped.map(\.found) == [[1]])
    #expect(try optimizer.stateDict().mapValues { try $0.doubles() } == before)
  }

  @Test("Frozen parameters are left out, and those without a gradient stand still")
  func untouched() throws {
    let parameters = try start()
    try parameters[0].tensor.requireGradient(false)
    let optimizer = optimizer(of: parameters, .rateInside)
    #expect(optimizer.parameterNames == ["second"])
    let before = try parameters[1].tensor.doubles()
    try optimizer.step(learningRate: 1)
    #expect(try parameters[1].tensor.doubles() == before)
    let buffer = try #require(optimizer.stateDict()["second"])
    #expect(optimizer.stateDict().count == 1)
    #expect(try buffer.doubles().allSatisfy { $0 == 0 })
  }

  @Test("The schedule follows the reference")
  func schedule() throws {
    let expected = figures.schedule
    let schedule = PolynomialSchedule(base: expected.lr)
    #expect(!expected.values.isEmpty)
    for (iteration, value) in expected.values {
      let rate = schedule.learningRate(
        at: try #require(Int(iteration)), of: expected.iterations)
      #expect(abs(rate - value) <= 1e-15, "iteration \(iteration)")
    }
  }

  @Test("The schedule's ends: zero from the end on, the full rate at once without warm-up")
  func scheduleEnds() {
    let schedule = PolynomialSchedule(base: 2, warmup: 0, power: 1)
    #expect(schedule.learningRate(at: 0, of: 10) == 2)
    #expect(schedule.learningRate(at: 5, of: 10) == 1)
    #expect(schedule.learningRate(at: 10, of: 10) == 0)
    #expect(schedule.learningRate(at: 11, of: 10) == 0)
    #expect(PolynomialSchedule(base: 2).learningRate(at: 0, of: 0) == 0)
    let constant = PolynomialSchedule(base: 2, warmup: 0, power: 0)
    #expect(constant.learningRate(at: 9, of: 10) == 2)
  }

  private func start() throws -> [NamedTensor] {
    try ["first", "second"].map { name in
      let tensor = try #require(tensors[name]).clone()
      try tensor.requireGradient()
      return NamedTensor(name: name, tensor: tensor, isParameter: true)
    }
  }

  private func optimizer(of parameters: [NamedTensor], _ form: SGD.Form) -> SGD {
    let groups = zip(parameters, figures.sgd.rates).map { ParameterGroup([$0], rate: $1) }
    return SGD(groups, momentum: 0.9, weightDecay: 5e-4, form: form)
  }

  /// One step with the reference's gradients, which those of Σ p·g are.
  private func advance(_ optimizer: SGD, _ parameters: [NamedTensor], _ step: Int) throws {
    for parameter in parameters {
      let gradient = try #require(tensors["gradient\(step).\(parameter.name)"])
      try (parameter.tensor * gradient).sum().backward()
    }
    try optimizer.step(learningRate: figures.sgd.lr[step])
    try optimizer.clearGradients()
    for parameter in parameters { #expect(try parameter.tensor.gradient() == nil) }
  }
}
