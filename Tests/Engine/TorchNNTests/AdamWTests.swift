import ReferenceSupport
import Testing
import Torch
import TorchNN

/// AdamW and the schedules that usually go with it, against PyTorch's.
@Suite struct AdamWTests {
  private let fixture: Fixture

  init() throws {
    fixture = try Fixture("optimizers")
  }

  private func parameters() throws -> [NamedTensor] {
    try ["first", "second"].map { name in
      let tensor = try fixture["adamw.start.\(name)"].clone()
      try tensor.requireGradient()
      return NamedTensor(name: name, tensor: tensor, isParameter: true)
    }
  }

  private func optimizer(_ parameters: [NamedTensor]) -> AdamW {
    var settings = AdamWConfiguration()
    settings.weightDecay = 0.05
    return AdamW(
      [.init([parameters[0]], rate: 0.1), .init([parameters[1]], rate: 1)], settings)
  }

  private func step(_ optimizer: AdamW, _ parameters: [NamedTensor], _ number: Int) throws {
    for entry in parameters {
      let gradient = try fixture["adamw.gradient\(number).\(entry.name)"]
      // Gradients of convolutions may lie in memory in another order than the parameter.
      try entry.tensor.setGradient(
        gradient.shape.count == 4 ? gradient.channelsLast().clone() : gradient.clone())
    }
    try optimizer.step(learningRate: 0.01 * Double(number + 1))
    try optimizer.clearGradients()
  }

  @Test func everyStepIsPyTorchs() throws {
    let parameters = try parameters()
    let optimizer = optimizer(parameters)
    for number in 0..<5 {
      try step(optimizer, parameters, number)
      for entry in parameters {
        try fixture.expect("adamw.after\(number).\(entry.name)", entry.tensor, within: 1e-6)
      }
    }
  }

  @Test func anAnnealedDecayIsThatOfEachStep() throws {
    let tensor = try Filling.uniform("annealed", [5], -1, 1)
    try tensor.requireGradient()
    var settings = AdamWConfiguration()
    (settings.weightDecay, settings.weightDecayEnd) = (0.05, 1e-5)
    let optimizer = AdamW(
      [.init([NamedTensor(name: "annealed", tensor: tensor, isParameter: true)], rate: 1)], settings
    )
    for step in 0..<4 {
      try tensor.setGradient(Filling.uniform("annealed.gradient\(step)", [5], -1, 1))
      optimizer.begin(progress: Double(step) / 4)
      try optimizer.step(learningRate: 0.1)
    }
    try expectClose(tensor, Fixture("adaptation")["annealed"], within: 1e-6)
  }

  @Test func sgdAnnealsItsDecayToo() throws {
    let tensor = try Tensor([1] as [Float])
    try tensor.requireGradient()
    let optimizer = SGD(
      [.init([NamedTensor(name: "x", tensor: tensor, isParameter: true)], rate: 1)], momentum: 0,
      weightDecay: 0.5, weightDecayEnd: 0.1, form: .rateOutside)
    for progress in [0, 0.5, 1] {
      try tensor.setGradient(.zeros([1]))
      optimizer.begin(progress: progress)
      try optimizer.step(learningRate: 1)
    }
    try expectClose(tensor, Tensor([Float(0.5 * 0.7 * 0.9)]), within: 1e-6)
  }

  @Test func aResumedRunGoesOnBitForBit() throws {
    let parameters = try parameters()
    let whole = optimizer(parameters)
    for number in 0..<3 { try step(whole, parameters, number) }
    let copies = try parameters.map { entry in
      let tensor = try entry.tensor.detached().clone()
      try tensor.requireGradient()
      return NamedTensor(name: entry.name, tensor: tensor, isParameter: true)
    }
    let resumed = optimizer(copies)
    try resumed.load(whole.stateDict().mapValues { try $0.clone() })
    for number in 3..<5 {
      try step(whole, parameters, number)
      try step(resumed, copies, number)
    }
    for (entry, copy) in zip(parameters, copies) {
      try expectClose(copy.tensor, entry.tensor, within: 0, entry.name)
    }
    #expect(throws: StateDictMismatch.self) { try resumed.load([:]) }
  }

  @Test func frozenParametersAndThoseWithoutGradientsStay() throws {
    let parameters = try parameters()
    try parameters[0].tensor.requireGradient(false)
    let optimizer = optimizer(parameters)
    #expect(optimizer.parameters.count == 1)
    try optimizer.step(learningRate: 1)
    for entry in parameters {
      try fixture.expect("adamw.start.\(entry.name)", entry.tensor, within: 0)
    }
  }

  @Test(arguments: [1e30, -1, 0, 0.5, .nan])
  func aStepCountThatIsNoneIsRefused(_ count: Double) throws {
    let parameters = try parameters()
    let optimizer = optimizer(parameters)
    try step(optimizer, parameters, 0)
    var state = optimizer.stateDict()
    let key = try #require(state.keys.first { $0.hasSuffix("steps") })
    state[key] = try Tensor([count], shape: try #require(state[key]).shape)
    let error = #expect(throws: TorchError.self) { try optimizer.load(state) }
    #expect("\(try #require(error))".contains("expected a count from 1 on"))
  }

  @Test func schedulesArePyTorchs() throws {
    let cosine = CosineSchedule(base: 0.2, warmup: 5, finalShare: 0.1)
    let cycle = OneCycleSchedule(base: 0.2)
    for (name, schedule) in [
      ("cosine", cosine as any LearningRateSchedule), ("one_cycle", cycle),
    ] {
      let expected: [Double] = try fixture["schedule.\(name)"].scalars()
      #expect(expected.count == 40)
      for (iteration, rate) in expected.enumerated() {
        let found = schedule.learningRate(at: iteration, of: 40)
        #expect(abs(found - rate) < 1e-12, "\(name) at \(iteration): \(found), expected \(rate)")
      }
      #expect(schedule.learningRate(at: 1000, of: 40) <= expected[39])
    }
  }

  @Test func layersBelowLearnMoreSlowly() throws {
    let names = [
      "q.cls_token", "q.patch_embed.proj.weight", "q.blocks.0.norm1.weight",
      "q.blocks.0.attn.qkv.weight", "q.blocks.1.norm1.weight", "q.norm.weight",
    ]
    let parameters = try names.map {
      NamedTensor(name: $0, tensor: try .zeros([1]), isParameter: true)
    }
    let groups = ParameterGroup.byLayer(parameters, rate: 0.8, decay: 0.5)
    #expect(
      groups.map { $0.parameters.map(\.name) } == [
        Array(names[0..<2]), Array(names[2..<4]), Array(names[4..<6]),
      ])
    #expect(groups.map(\.rate) == [0.2, 0.4, 0.8])
  }
}
