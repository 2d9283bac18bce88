import Foundation
import Testing
import Torch

@Suite("Operations of transformers")
struct TransformerOperationTests {
  private let x: Tensor

  init() throws {
    x = try Tensor.normal([2, 5, 24], dtype: .float64, generator: Generator(seed: 1))
  }

  @Test("Attention is the softmax of scaled products, in each head, and so are its gradients")
  func attention() throws {
    let upstream = try Tensor.normal([2, 5, 8], dtype: .float64, generator: Generator(seed: 2))
    func pass(_ body: (Tensor) throws -> Tensor) throws -> (output: [Double], gradient: [Double]) {
      let leaf = try x.clone()
      try leaf.requireGradient()
      let output = try body(leaf)
      try (output * upstream).sum().backward()
      let gradient = try #require(try leaf.gradient())
      return (try output.detached().doubles(), try gradient.doubles())
    }
    let fused = try pass { try $0.attended(heads: 2) }
    let plain = try pass { x in
      let parts = try x.reshaped([2, 5, 3, 2, 4]).permuted([2, 0, 3, 1, 4])
      let (q, k, v) = (try parts.selected(0, 0), try parts.selected(0, 1), try parts.selected(0, 2))
      let weights = try (q.matmul(k.transposed(2, 3)) * 0.5).logSoftmax(3).exp()
      return try weights.matmul(v).permuted([0, 2, 1, 3]).reshaped([2, 5, 8])
    }
    #expect(agree(fused.output, plain.output))
    #expect(agree(fused.gradient, plain.gradient))
    #expect(throws: TorchError.self) { try x.attended(heads: 3) }
    #expect(throws: TorchError.self) { try x.attended(heads: 0) }
  }

  @Test("Layer norm is of each vector by itself")
  func layerNorm() throws {
    let vectors = try Tensor([1.0, 3, -2, 2], shape: [2, 2])
    let normalized = try vectors.layerNormalized(
      weight: Tensor([2.0, 1]), bias: Tensor([0.5, 0]), epsilon: 0)
    #expect(agree(try normalized.doubles(), [-1.5, 1, -1.5, 1]))
  }

  @Test("GELU, its approximation and SiLU")
  func activations() throws {
    let values = [-3.0, -0.5, 0, 0.5, 3]
    let x = try Tensor(values)
    #expect(
      agree(try x.gelu().doubles(), values.map { $0 * (1 + erf($0 / 2.0.squareRoot())) / 2 }))
    #expect(agree(try x.silu().doubles(), values.map { $0 / (1 + Foundation.exp(-$0)) }))
    #expect(
      agree(try x.quickGELU().doubles(), values.map { $0 / (1 + Foundation.exp(-1.702 * $0)) }))
  }

  @Test("Bicubic interpolation keeps what is constant and, with aligned corners, the corners")
  func bicubic() throws {
    let map = try Tensor((0..<16).map { Double($0 * $0) }, shape: [1, 1, 4, 4])
    let flat = try Tensor.full([1, 1, 4, 4], 3, dtype: .float64)
    for antialiased in [false, true] {
      let resized = try flat.resizedBicubic(height: 7, width: 3, antialiased: antialiased)
      #expect(agree(try resized.doubles(), [Double](repeating: 3, count: 21)))
    }
    let aligned = try map.resizedBicubic(height: 7, width: 7, alignCorners: true).doubles()
    #expect(agree([aligned[0], aligned[6], aligned[42], aligned[48]], [0, 9, 144, 225]))
    // A map of twice the size read at its own places is the map itself.
    let own = try map.resizedBicubic(height: 4, width: 4, scales: (1, 1)).doubles()
    #expect(agree(own, try map.doubles()))
  }

  @Test("Zeros that nobody reads take no memory, and are zeros")
  func untouchedZeros() throws {
    func resident() throws -> Int {
      let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        .split(separator: " ")
      return try #require(Int(fields[1])) * 4096
    }
    let before = try resident()
    let zeros = try Tensor.untouchedZeros([1 << 28])
    #expect(try resident() - before < 100 << 20)
    #expect(try zeros.narrowed(0, 1000..<3000).absolute().max().item() == 0)
    try zeros.narrowed(0, 5..<6).fillInPlace(2)
    #expect(try zeros.narrowed(0, 4..<7).scalars(Float.self) == [0, 2, 0])
    #expect(try Tensor.untouchedZeros([3]).scalars(Float.self) == [0, 0, 0])
    #expect(throws: TorchError.self) { try Tensor.untouchedZeros([-1, -(1 << 40)]) }
  }
}
