import CTorch

// Shapes broadcast as in PyTorch, and a `Double` together with whole numbers makes the result float32.
// Every function throws `TorchError` if shapes or types do not fit.
extension Tensor {
  /// The elementwise sum.
  public static func + (a: Tensor, b: Tensor) throws(TorchError) -> Tensor {
    try produce("+", [a, b], as: .sum) { ct_add($0[0], $0[1]) }
  }

  /// The elementwise difference.
  public static func - (a: Tensor, b: Tensor) throws(TorchError) -> Tensor {
    try produce("-", [a, b]) { ct_subtract($0[0], $0[1]) }
  }

  /// The elementwise product.
  public static func * (a: Tensor, b: Tensor) throws(TorchError) -> Tensor {
    try produce("*", [a, b], as: .product) { ct_multiply($0[0], $0[1]) }
  }

  /// The elementwise quotient.
  public static func / (a: Tensor, b: Tensor) throws(TorchError) -> Tensor {
    try produce("/", [a, b]) { ct_divide($0[0], $0[1]) }
  }

  /// Adds a number to every element.
  public static func + (a: Tensor, b: Double) throws(TorchError) -> Tensor {
    try produce("+", [a]) { ct_add_scalar($0[0], b) }
  }

  /// Subtracts a number from every element.
  public static func - (a: Tensor, b: Double) throws(TorchError) -> Tensor {
    try a + (-b)
  }

  /// Multiplies every element by a number.
  public static func * (a: Tensor, b: Double) throws(TorchError) -> Tensor {
    try produce("*", [a]) { ct_multiply_scalar($0[0], b) }
  }

  /// Divides every element by a number.
  public static func / (a: Tensor, b: Double) throws(TorchError) -> Tensor {
    try produce("/", [a]) { ct_divide_scalar($0[0], b) }
  }

  /// Every element with its sign changed.
  public static prefix func - (a: Tensor) throws(TorchError) -> Tensor {
    try produce("-", [a]) { ct_negate($0[0]) }
  }

  /// Every element to the power `exponent`.
  public func power(_ exponent: Double) throws(TorchError) -> Tensor {
    try Tensor.produce("power", [self]) { ct_power_scalar($0[0], exponent) }
  }

  /// Every element, or `minimum` where it is smaller.
  public func clamped(min minimum: Double) throws(TorchError) -> Tensor {
    try Tensor.produce("clamped", [self]) { ct_clamp_min($0[0], minimum) }
  }

  /// Every element without its sign.
  public func absolute() throws(TorchError) -> Tensor {
    try Tensor.produce("absolute", [self]) { ct_absolute($0[0]) }
  }

  /// e to the power of every element.
  public func exp() throws(TorchError) -> Tensor {
    try Tensor.produce("exp", [self]) { ct_exp($0[0]) }
  }

  /// The natural logarithm of every element.
  public func log() throws(TorchError) -> Tensor {
    try Tensor.produce("log", [self]) { ct_log($0[0]) }
  }

  /// The square root of every element.
  public func squareRoot() throws(TorchError) -> Tensor {
    try Tensor.produce("squareRoot", [self]) { ct_sqrt($0[0]) }
  }

  /// One divided by the square root of every element.
  public func reciprocalSquareRoot() throws(TorchError) -> Tensor {
    try Tensor.produce("reciprocalSquareRoot", [self]) { ct_reciprocal_sqrt($0[0]) }
  }

  /// A boolean tensor: where the elements of both are equal.
  public func equals(_ other: Tensor) throws(TorchError) -> Tensor {
    try Tensor.produce("equals", [self, other]) { ct_equal($0[0], $0[1]) }
  }

  /// A boolean tensor: where the elements are at most `bound`.
  public func isAtMost(_ bound: Double) throws(TorchError) -> Tensor {
    try Tensor.produce("isAtMost", [self]) { ct_less_equal_scalar($0[0], bound) }
  }

  /// The places of the elements that are not 0 or false, in row-major order: count×rank in int64.
  public func nonzero() throws(TorchError) -> Tensor {
    try Tensor.produce("nonzero", [self]) { ct_nonzero($0[0]) }
  }

  /// The elements of `self` where `condition` holds, otherwise those of `other`.
  public func selected(
    where condition: Tensor, otherwise other: Tensor
  ) throws(TorchError) -> Tensor {
    try Tensor.produce("selected", [condition, self, other]) { ct_where($0[0], $0[1], $0[2]) }
  }

  /// Whether every element is a finite number.
  public func isAllFinite() throws(TorchError) -> Bool {
    let finite = try Tensor.produce("isAllFinite", [self]) { ct_is_finite($0[0]) }
    return try Tensor.produce("isAllFinite", [finite]) { ct_all($0[0]) }.item() != 0
  }

  /// The matrix product, batched over leading dimensions.
  public func matmul(_ other: Tensor) throws(TorchError) -> Tensor {
    try Tensor.produce("matmul", [self, other]) { ct_matmul($0[0], $0[1]) }
  }
}
