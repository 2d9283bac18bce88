import Torch

/// The operations of a trace as nodes.
extension ONNXGraph {
  /// Adds the operations of a trace, applied to the value `input`, and returns the name of its output.
  /// - Throws: `TraceError` for operands that must be constants but are not.
  mutating func add(_ trace: OperationTrace, to input: String) throws -> String {
    var names = [0: input]
    for step in trace.steps {
      names[step.output] = try add(step.operation, Operands(step.operands, names: names))
    }
    return names[trace.output] ?? input
  }

  /// What an operation reads, by the names of the values so far.
  struct Operands {
    private let operands: [OperationTrace.Operand]
    private let names: [Int: String]

    init(_ operands: [OperationTrace.Operand], names: [Int: String]) {
      self.operands = operands
      self.names = names
    }

    var count: Int { operands.count }

    /// The name of an operand, a constant that is added to the graph, or a value.
    func name(_ position: Int, _ role: String, in graph: inout ONNXGraph) throws -> String {
      switch operands[position] {
      case .value(let number): names[number] ?? ""
      case .constant(let tensor): try graph.constant(tensor, role)
      case .none: ""
      }
    }

    /// An operand that must not depend on the input.
    func constant(_ position: Int) throws -> Tensor? {
      switch operands[position] {
      case .constant(let tensor): tensor
      case .none: nil
      case .value: throw TraceError.untraceable(operation: "a layer with computed weights")
      }
    }
  }

  private mutating func add(_ operation: TracedOperation, _ operands: Operands) throws -> String {
    let x = try operands.name(0, "constant", in: &self)
    switch operation {
    case .identity: return x
    case .relu: return node("Relu", [x])
    case .relu6: return relu6(x)
    case .sigmoid: return node("Sigmoid", [x])
    case .sum: return node("Add", [x, try operands.name(1, "constant", in: &self)])
    case .rectifiedSum:
      return node("Relu", [node("Add", [x, try operands.name(1, "constant", in: &self)])])
    case .product: return node("Mul", [x, try operands.name(1, "constant", in: &self)])
    case .linear:
      let parts = [
        try operands.name(1, "weight", in: &self), try operands.name(2, "bias", in: &self),
      ]
      return node("Gemm", [x] + parts.filter { !$0.isEmpty }, [("transB", .integer(1))])
    case .projection, .layerNorm, .gelu, .quickGELU, .silu, .softmax, .attention:
      return try transformed(x, operation, operands)
    case .normalizing(let dimension):
      return node("LpNormalization", [x], [("axis", .integer(dimension)), ("p", .integer(2))])
    case .permutation(let order): return node("Transpose", [x], [("perm", .integers(order))])
    case .reshaping(let shape):
      // 0 stands for the number of images, whatever it is.
      return node("Reshape", [x, constant([0] + shape, "shape")])
    case .selection(let dimension, let index):
      return node("Gather", [x, constant(index, "index")], [("axis", .integer(dimension))])
    case .resizing(let height, let width, let alignCorners):
      return resized(x, to: constant([height, width], "size"), alignCorners)
    case .resizingToPlaces(let alignCorners):
      let places = node(
        "Shape", [try operands.name(1, "constant", in: &self)], [("start", .integer(2))])
      return resized(x, to: places, alignCorners)
    case .convolution(let stride, let padding, let dilation, let groups, let activation):
      let maps = try convolution(x, operands, stride, padding, dilation, groups)
      switch activation {
      case .identity: return maps
      case .relu: return node("Relu", [maps])
      case .relu6: return relu6(maps)
      }
    case .maxPooling(let kernel, let stride, let padding):
      return node(
        "MaxPool", [x],
        [
          ("kernel_shape", .integers([kernel, kernel])), ("strides", .integers([stride, stride])),
          ("pads", .integers([padding, padding, padding, padding])),
        ])
    case .averagePooling(let side):
      return node(
        "AveragePool", [x],
        [("kernel_shape", .integers([side, side])), ("strides", .integers([side, side]))])
    case .mean([2, 3], let keeping):
      let means = node("GlobalAveragePool", [x])
      return keeping ? means : node("Flatten", [means])
    case .mean(let dimensions, let keeping):
      return node(
        "ReduceMean", [x],
        [("axes", .integers(dimensions)), ("keepdims", .integer(keeping ? 1 : 0))])
    case .concatenation(let dimension):
      let parts = try (1..<operands.count).map { try operands.name($0, "constant", in: &self) }
      return node("Concat", [x] + parts, [("axis", .integer(dimension))])
    case .narrowing(let dimension, let range):
      return node(
        "Slice",
        [
          x, constant([range.lowerBound], "start"), constant([range.upperBound], "end"),
          constant([dimension], "axis"),
        ])
    case .batchNorm(let epsilon):
      let statistics = try ["weight", "bias", "mean", "variance"].enumerated().map {
        try operands.name($0 + 1, $1, in: &self)
      }
      return node("BatchNormalization", [x] + statistics, [("epsilon", .number(epsilon))])
    case .instanceNorm(let epsilon):
      let factors = try ["weight", "bias"].enumerated().map {
        try operands.name($0 + 1, $1, in: &self)
      }
      return node("InstanceNormalization", [x] + factors, [("epsilon", .number(epsilon))])
    case .batchRepetition:
      let count = node(
        "Shape", [try operands.name(1, "constant", in: &self)], [("end", .integer(1))])
      return node(
        "Expand", [x, node("Concat", [count, constant([1, 1], "ones")], [("axis", .integer(0))])])
    case .repetition:
      let places = node(
        "Shape", [try operands.name(1, "constant", in: &self)], [("start", .integer(2))])
      let shape = node("Concat", [constant([1, 1], "ones"), places], [("axis", .integer(0))])
      return node("Expand", [x, shape])
    }
  }

  private mutating func resized(
    _ x: String, to places: String, _ alignCorners: Bool
  ) -> String {
    let outer = node("Shape", [x], [("end", .integer(2))])
    let size = node("Concat", [outer, places], [("axis", .integer(0))])
    return node(
      "Resize", [x, "", "", size],
      [
        ("coordinate_transformation_mode", .text(alignCorners ? "align_corners" : "half_pixel")),
        ("mode", .text("linear")),
      ])
  }

  /// A convolution whose kernels have the factors of a norm in them.
  private mutating func convolution(
    _ x: String, _ operands: Operands, _ stride: Int, _ padding: TracedOperation.Padding,
    _ dilation: Int, _ groups: Int
  ) throws -> String {
    guard let plain = try operands.constant(1) else { return x }
    let weight = try operands.constant(2).map { try plain * $0.reshaped([-1, 1, 1, 1]) } ?? plain
    var inputs = [x, try constant(weight, "weight")]
    if let bias = try operands.constant(3) { inputs.append(try constant(bias, "bias")) }
    let kernel = Array(weight.shape[2...])
    var attributes: [(String, ONNXAttribute)] = [
      ("dilations", .integers([dilation, dilation])), ("group", .integer(groups)),
      ("kernel_shape", .integers(kernel)), ("strides", .integers([stride, stride])),
    ]
    switch padding {
    case .symmetric(let count):
      attributes.append(("pads", .integers([count, count, count, count])))
    case .same where stride == 1:
      // The same number of zeros for images of any size; runtimes refuse dilated kernels with `SAME_UPPER`.
      let zeros = kernel.map { ($0 - 1) * dilation }
      attributes.append(("pads", .integers(zeros.map { $0 / 2 } + zeros.map { $0 - $0 / 2 })))
    case .same:
      attributes.append(("auto_pad", .text("SAME_UPPER")))
    }
    return node("Conv", inputs, attributes)
  }

  private mutating func relu6(_ x: String) -> String {
    node("Clip", [x, constant([0], shape: [], "zero"), constant([6], shape: [], "six")])
  }
}
