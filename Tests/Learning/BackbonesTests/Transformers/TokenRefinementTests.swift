import Backbones
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// Rein's refinement of tokens, against the paper's equations in PyTorch and against finite differences.
@Suite struct TokenRefinementTests {
  private let fixture: Fixture
  private let refinement: TokenRefinement
  private let x: Tensor

  init() throws {
    fixture = try Fixture("adaptation")
    refinement = try TokenRefinement(blocks: 1, count: 6, rank: 3, width: 8)
    for entry in refinement.namedTensors() {
      let values = try Filling.uniform("rein.\(entry.name)", entry.tensor.shape, -1, 1)
      try entry.tensor.replaceStorage(values.converted(to: .float64))
    }
    x = try Filling.uniform("rein.x", [2, 5, 8], -1, 1).converted(to: .float64)
    try x.requireGradient()
  }

  private func loss() throws -> Tensor { try refinement(x, after: 0).power(2).sum() }

  @Test func valueAndGradientsAreThoseOfTheEquations() throws {
    try expectClose(refinement(x, after: 0), fixture["rein"], within: 1e-12)
    try loss().backward()
    try expectClose(#require(try x.gradient()), fixture["rein.gradient.x"], within: 1e-12)
    for entry in refinement.namedParameters() {
      try expectClose(
        #require(try entry.tensor.gradient()), fixture["rein.gradient.\(entry.name)"],
        within: 1e-12, entry.name)
    }
  }

  @Test func gradientsAreFiniteDifferences() throws {
    try loss().backward()
    let step = 1e-5
    for entry in refinement.namedParameters() {
      let direction = try Filling.uniform("direction.\(entry.name)", entry.tensor.shape, -1, 1)
        .converted(to: .float64)
      let slope = try (#require(try entry.tensor.gradient()) * direction).sum().item()
      let values = try withoutGradients {
        try entry.tensor.addInPlace(direction, times: step)
        let above = try loss().item()
        try entry.tensor.addInPlace(direction, times: -2 * step)
        let below = try loss().item()
        try entry.tensor.addInPlace(direction, times: step)
        return (above, below)
      }
      let expected = (values.0 - values.1) / (2 * step)
      #expect(abs(slope - expected) <= 1e-6 * max(1, abs(expected)), "\(entry.name)")
    }
  }
}
