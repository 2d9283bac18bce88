import Torch

/// The operations of transformers as nodes.
extension ONNXGraph {
  mutating func transformed(
    _ x: String, _ operation: TracedOperation, _ operands: Operands
  ) throws -> String {
    switch operation {
    case .projection: return try projection(x, operands)
    case .layerNorm(let epsilon):
      let factors = try ["weight", "bias"].enumerated().map {
        try operands.name($0 + 1, $1, in: &self)
      }
      return node(
        "LayerNormalization", [x] + factors,
        [("axis", .integer(-1)), ("epsilon", .number(epsilon))])
    case .gelu: return gelu(x)
    case .quickGELU:
      let factor = constant([1.702], shape: [], "factor")
      return node("Mul", [x, node("Sigmoid", [node("Mul", [x, factor])])])
    case .silu: return node("Mul", [x, node("Sigmoid", [x])])
    case .softmax(let dimension): return node("Softmax", [x], [("axis", .integer(dimension))])
    case .attention(let heads, let width): return attention(x, heads: heads, width: width)
    default: throw TraceError.untraceable(operation: "\(operation)")
    }
  }

  /// Gemm takes matrices alone.
  private mutating func projection(_ x: String, _ operands: Operands) throws -> String {
    guard let weight = try operands.constant(1) else { return x }
    let product = node("MatMul", [x, try constant(weight.transposed().contiguous(), "weight")])
    let bias = try operands.name(2, "bias", in: &self)
    return bias.isEmpty ? product : node("Add", [product, bias])
  }

  /// x·(1 + erf(x/√2))/2; an operator of its own came with version 20.
  private mutating func gelu(_ x: String) -> String {
    let scaled = node("Mul", [x, constant([Float(0.5.squareRoot())], shape: [], "factor")])
    let sum = node("Add", [node("Erf", [scaled]), constant([1], shape: [], "one")])
    return node("Mul", [node("Mul", [x, sum]), constant([0.5], shape: [], "half")])
  }

  /// Queries, keys and values of N×L×3D as N×heads×L×d each, and their attention as N×L×D.
  private mutating func attention(_ x: String, heads: Int, width: Int) -> String {
    let split = node("Reshape", [x, constant([0, 0, 3, heads, width], "shape")])
    let parts = node("Transpose", [split], [("perm", .integers([2, 0, 3, 1, 4]))])
    let (queries, keys, values) = (
      node("Gather", [parts, constant(0, "index")], [("axis", .integer(0))]),
      node("Gather", [parts, constant(1, "index")], [("axis", .integer(0))]),
      node("Gather", [parts, constant(2, "index")], [("axis", .integer(0))])
    )
    let factor = constant([Float(1 / Double(width).squareRoot())], shape: [], "factor")
    let scaled = node("Mul", [queries, factor])
    let columns = node("Transpose", [keys], [("perm", .integers([0, 1, 3, 2]))])
    let weights = node(
      "Softmax", [node("MatMul", [scaled, columns])], [("axis", .integer(-1))])
    let mixed = node("MatMul", [weights, values])
    let tokens = node("Transpose", [mixed], [("perm", .integers([0, 2, 1, 3]))])
    return node("Reshape", [tokens, constant([0, 0, heads * width], "shape")])
  }
}
