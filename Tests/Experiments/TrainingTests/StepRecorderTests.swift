import Backbones
import Generalization
import ReferenceSupport
import Runs
import Testing
import Torch
import TorchNN
import Training

/// Steps with recorded and replayed passes equal the same steps without recording.
@Suite struct StepRecorderTests {
  @Test(arguments: [true, false])
  func recordedStepsArePlainSteps(hasTwoViews: Bool) throws {
    let double = Double()
    let recorder = StepRecorder(double.record)
    let recorded = try Run(recorder, hasTwoViews: hasTwoViews)
    let plain = try Run(nil, hasTwoViews: hasTwoViews)
    for iteration in 0..<8 { try expectSameStep(recorded, plain, iteration) }
    try expectSameState(recorded, plain)
    #expect(recorder.failure == nil)
    // Three plain steps, one that is checked, and four that are replayed alone.
    #expect(double.recordings == 1)
    #expect(double.replays == 5)
  }

  @Test func anInputOfAnotherShapeIsTakenPlainly() throws {
    let double = Double()
    let recorded = try Run(StepRecorder(double.record))
    let plain = try Run(nil)
    for iteration in 0..<5 { try expectSameStep(recorded, plain, iteration) }
    try expectSameStep(recorded, plain, 5, count: 3)
    #expect(double.replays == 2)
    try expectSameStep(recorded, plain, 6)
    #expect(double.replays == 3)
    try expectSameState(recorded, plain)
  }

  @Test func whereNothingCanBeRecordedStepsGoOnPlainly() throws {
    let recorder = StepRecorder { work in
      _ = try work()
      throw TorchError(operation: "recording", message: "not here")
    }
    let (recorded, plain) = (try Run(recorder), try Run(nil))
    for iteration in 0..<6 { try expectSameStep(recorded, plain, iteration) }
    try expectSameState(recorded, plain)
    #expect(recorder.failure == "recording failed: not here")
  }

  /// What a replay leaves out: only one gradient, or everything except the loss.
  @Test(arguments: [true, false])
  func aReplayThatIsNotTheStepIsNotUsed(losesGradient: Bool) throws {
    let recorder = StepRecorder { work in
      let results = try work()
      return (
        results,
        {
          let new = try work()
          for (index, result) in results.enumerated() {
            let isLoss = index == 0
            try result.copyInPlace(new[index])
            if isLoss != losesGradient { try result.multiplyInPlace(1.25) }
          }
        }
      )
    }
    let (recorded, plain) = (try Run(recorder), try Run(nil))
    for iteration in 0..<6 { try expectSameStep(recorded, plain, iteration) }
    try expectSameState(recorded, plain)
    #expect(try #require(recorder.failure).hasPrefix("the recorded step is off by 0.2"))
  }

  @Test func theCPURecordsNothing() {
    let error = #expect(throws: TorchError.self) {
      _ = try CUDAGraph(on: .cpu) { [try Tensor.ones([2])] }
    }
    #expect(error?.message == "only the work of a CUDA device can be recorded")
    // Work runs without recording again.
    #expect(throws: Never.self) { try Tensor.ones([2]).sum().item() }
  }

  /// The kernels of a CUDA device may add in another order each time.
  @Test(.enabled(if: (try? Device(named: "cuda")) != nil))
  func aCUDADeviceReplaysTheStep() throws {
    let device = try Device(named: "cuda")
    let recorder = StepRecorder(on: device)
    let recorded = try Run(recorder, on: device)
    let plain = try Run(nil, on: device)
    for iteration in 0..<8 {
      let (a, b) = (try recorded.step(iteration), try plain.step(iteration))
      expectRelative(a.total, b.total, 1e-4, "iteration \(iteration)")
    }
    #expect(recorder.failure == nil)
  }

  /// Records by running, and replays by running again: results stay in the tensors of the first time.
  private final class Double {
    private(set) var recordings = 0
    private(set) var replays = 0

    func record(
      _ work: @escaping () throws -> [Tensor]
    ) throws -> (results: [Tensor], replay: () throws -> Void) {
      recordings += 1
      let results = try work()
      // A graph's results hold nothing before it is replayed.
      for result in results { try result.fillInPlace(.nan) }
      return (
        results,
        {
          self.replays += 1
          for (result, new) in try zip(results, work()) { try result.copyInPlace(new) }
        }
      )
    }
  }

  private struct Run {
    let experiment: ReferenceExperiment
    let stepper: Stepper
    let device: Device
    let hasTwoViews: Bool

    init(_ recorder: StepRecorder?, on device: Device = .cpu, hasTwoViews: Bool = true) throws {
      experiment = try ReferenceExperiment(
        Fixture.json("csg-step/configuration", as: ReferenceExperiment.Configuration.self),
        pooling: .attention, headsAreEqual: false, device: device)
      stepper = Stepper(
        experiment.network, experiment.csg, experiment.optimizer, recorder: recorder)
      self.device = device
      self.hasTwoViews = hasTwoViews
    }

    func step(_ iteration: Int, count: Int = 4) throws -> StepLosses {
      let (query, key) = try Filling.views("batch\(iteration)", count, size: 64)
      let labels = try Filling.labels(
        "batch\(iteration).labels", count, classes: experiment.configuration.classes)
      return try stepper.step(
        .init(
          query: query.moved(to: device), key: hasTwoViews ? key.moved(to: device) : nil,
          labels: labels.moved(to: device)),
        iteration: iteration, learningRate: 0.01 / Swift.Double(iteration + 1))
    }
  }

  private func expectSameStep(
    _ recorded: Run, _ plain: Run, _ iteration: Int, count: Int = 4
  ) throws {
    let (a, b) = (
      try recorded.step(iteration, count: count), try plain.step(iteration, count: count)
    )
    #expect(a.total == b.total, "iteration \(iteration)")
    #expect(a.terms.map(\.name) == b.terms.map(\.name))
    #expect(a.terms.map(\.value) == b.terms.map(\.value))
    #expect(a.figures.map(\.value) == b.figures.map(\.value))
  }

  private func expectSameState(_ recorded: Run, _ plain: Run) throws {
    let state = try recorded.experiment.state()
    for (name, tensor) in try plain.experiment.state() {
      try expectClose(#require(state[name]), tensor, within: 0, name)
    }
  }
}
