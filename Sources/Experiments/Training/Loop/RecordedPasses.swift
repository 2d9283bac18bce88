import Torch

/// The recorded passes of a step, on tensors that keep their place in memory.
struct RecordedPasses {
  private let input: Stepper.Input
  private let tensors: StepTensors
  private let gradients: [(parameter: Tensor, gradient: Tensor?)]
  private let replay: () throws -> Void

  /// Records `passes` for inputs of one shape.
  init(
    like input: Stepper.Input, _ parameters: [Tensor], _ passes: @escaping StepRecorder.Passes,
    by record: StepRecorder.Record
  ) throws {
    let own = try input.clone()
    var computed: (tensors: StepTensors, hasGradient: [Bool])?
    let (results, replay) = try record {
      // The passes would add to gradients that already exist.
      for parameter in parameters { try parameter.clearGradient() }
      let tensors = try passes(own)
      let gradients = try parameters.map { try $0.gradient() }
      computed = (tensors, gradients.map { $0 != nil })
      return tensors.tensors + gradients.compactMap { $0 }
    }
    guard let (tensors, hasGradient) = computed else {
      throw TorchError(operation: "recording a step", message: "its passes were not run")
    }
    self.input = own
    self.tensors = StepTensors(tensors, in: results.prefix(tensors.tensors.count))
    self.replay = replay
    var rest = results.dropFirst(tensors.tensors.count)
    gradients = zip(parameters, hasGradient).map { ($0, $1 ? rest.popFirst() : nil) }
  }

  /// Whether an input has the recorded shapes.
  func suits(_ input: Stepper.Input) -> Bool { self.input.isShaped(like: input) }

  /// The results of the passes for `input`, with the gradients left with the parameters; the next call overwrites all of it.
  func callAsFunction(_ input: Stepper.Input) throws -> StepTensors {
    try self.input.copyInPlace(input)
    try replay()
    for (parameter, gradient) in gradients {
      if let gradient { try parameter.setGradient(gradient) } else { try parameter.clearGradient() }
    }
    return tensors
  }
}
