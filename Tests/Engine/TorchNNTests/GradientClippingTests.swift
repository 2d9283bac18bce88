import Testing
import Torch
import TorchNN

@Suite("Clipping of gradients")
struct GradientClippingTests {
  private let tensors: StateDict

  init() throws {
    tensors = try Reference.tensors("options.safetensors").below("clip.")
  }

  @Test("Norm and gradients are PyTorch's", arguments: ["loose", "tight"])
  func reference(name: String) throws {
    let parameters = try parameters()
    let bound = try #require(tensors["\(name).bound"]).item()
    let norm = try GradientClipping.clip(gradientsOf: parameters, to: bound)
    let expected = try #require(tensors["\(name).norm"]).item()
    #expect(abs(norm - expected) <= 1e-6 * expected)
    for (number, parameter) in parameters.prefix(3).enumerated() {
      let gradient = try #require(try parameter.gradient()).doubles()
      let clipped = try #require(tensors["\(name).gradient\(number)"]).doubles()
      for (own, other) in zip(gradient, clipped) {
        #expect(abs(own - other) <= 1e-6 * abs(other))
      }
      let before = try #require(tensors["gradient\(number)"]).doubles()
      #expect((gradient == before) == (name == "loose"))
    }
    #expect(try parameters[3].gradient() == nil)
  }

  @Test("Gradients that are not finite stay, and there may be none")
  func limits() throws {
    let parameters = try parameters()
    try parameters[0].gradient()?.fillInPlace(.infinity)
    #expect(try GradientClipping.clip(gradientsOf: parameters, to: 1) == .infinity)
    #expect(try parameters[1].gradient()?.doubles() == tensors["gradient1"]?.doubles())
    #expect(try GradientClipping.clip(gradientsOf: [], to: 1) == 0)
  }

  /// Three parameters with the reference's gradients, and one without.
  private func parameters() throws -> [Tensor] {
    let gradients = try (0..<3).map { try #require(tensors["gradient\($0)"]).clone() }
    return try gradients.map { gradient in
      let parameter = try Tensor.zeros(gradient.shape)
      try parameter.requireGradient()
      try parameter.setGradient(gradient)
      return parameter
    } + [Tensor.zeros([2])]
  }
}
