import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Two layers, compared with PyTorch's `nn.LSTM`.
@Suite struct LSTMTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture("recurrence") }

  private func lstm() throws -> LSTM {
    let lstm = try LSTM(inputs: 6, width: 5, layers: 2)
    try lstm.load(fixture.tensors.below("parameters."))
    return lstm
  }

  @Test func outputsStatesAndGradientsArePyTorchs() throws {
    let lstm = try lstm()
    let x = try fixture["input"].clone()
    try x.requireGradient()
    let start = LSTM.State(hidden: try fixture["hidden"], cell: try fixture["cell"])
    let (output, state) = try lstm(x, from: start)
    try fixture.expect("output", output, within: 1e-6)
    try fixture.expect("last_hidden", state.hidden, within: 1e-6)
    try fixture.expect("last_cell", state.cell, within: 1e-6)
    let loss = try (output * fixture["weights"]).sum() + (state.cell * state.cell).sum()
    try fixture.expect("loss", loss, within: 1e-6)
    try loss.backward()
    try fixture.expect("gradient.input", #require(try x.gradient()))
    for parameter in lstm.namedParameters() {
      try fixture.expect(
        "gradient.\(parameter.name)", #require(try parameter.tensor.gradient()))
    }
  }

  /// A sequence in two parts, the second from where the first has ended.
  @Test func aSequenceGoesOnFromItsState() throws {
    let lstm = try lstm()
    let x = try fixture["input"]
    let whole = try lstm(x, from: lstm.start(3))
    let first = try lstm(x.narrowed(0, 0..<1), from: lstm.start(3))
    let second = try lstm(x.narrowed(0, 1..<4), from: first.state)
    try expectClose(second.output, whole.output.narrowed(0, 1..<4), within: 1e-6)
    try expectClose(second.state.cell, whole.state.cell, within: 1e-6)
  }

  @Test func startingValuesAreWithinPyTorchsBound() throws {
    let lstm = try LSTM(inputs: 3, width: 16, layers: 2)
    try lstm.initialize(using: Generator(seed: 1))
    for parameter in lstm.namedParameters() {
      let largest = try parameter.tensor.detached().absolute().max().item()
      #expect(largest <= 0.25 && largest > 0.2, "\(parameter.name)")
    }
  }

  @Test func parametersAndStatesThatDoNotFitAreRefused() throws {
    let x = try fixture["input"]
    let state = try fixture["hidden"]
    #expect(throws: TorchError.self) {
      _ = try x.lstm(hidden: state, cell: state, parameters: [], layers: 2)
    }
    let wide = try LSTM(inputs: 6, width: 4, layers: 2)
    #expect(throws: TorchError.self) {
      _ = try wide(x, from: .init(hidden: state, cell: state))
    }
  }
}
