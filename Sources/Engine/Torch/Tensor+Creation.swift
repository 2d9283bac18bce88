import CTorch

extension Tensor {
  /// A tensor of `shape` holding `scalars` in row-major order, on the CPU.
  /// - Throws: `TorchError` if the count does not fill the shape.
  public init<S: Scalar>(_ scalars: [S], shape: [Int]) throws(TorchError) {
    let bytes = scalars.withUnsafeBytes { buffer in
      Result { () throws(TorchError) in try Tensor(bytes: buffer, shape: shape, dtype: S.dtype) }
    }
    self = try bytes.get()
  }

  /// A vector holding `scalars`, on the CPU.
  public init<S: Scalar>(_ scalars: [S]) throws(TorchError) {
    try self.init(scalars, shape: [scalars.count])
  }

  /// A copy of row-major little-endian elements, on the CPU.
  /// - Throws: `TorchError` if the bytes do not fill the shape.
  public init(bytes: UnsafeRawBufferPointer, shape: [Int], dtype: DType) throws(TorchError) {
    self = try Tensor.produce("Tensor(bytes:shape:)", []) { _ in
      ct_from_bytes(
        bytes.baseAddress, bytes.count, shape.sizes, shape.length, dtype.scalarType)
    }
  }

  /// A tensor over memory of row-major little-endian elements, without a copy, on the CPU.
  ///
  /// The memory belongs to the tensor from now on: operations in place write to it.
  /// - Parameters:
  ///   - bytes: valid while `owner` lives.
  ///   - owner: kept alive until no tensor uses the memory any more.
  /// - Throws: `TorchError` if the bytes do not fill the shape.
  public init(
    lending bytes: UnsafeRawBufferPointer, of owner: AnyObject, shape: [Int], dtype: DType
  ) throws(TorchError) {
    let context = Unmanaged.passRetained(owner).toOpaque()
    self = try Tensor.produce("Tensor(lending:of:shape:)", []) { _ in
      ct_lend_bytes(
        UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, shape.sizes,
        shape.length, dtype.scalarType,
        { owner in
          guard let owner else { return }
          Unmanaged<AnyObject>.fromOpaque(owner).release()
        }, context)
    }
  }

  /// A tensor whose elements are all `value`.
  public static func full(
    _ shape: [Int], _ value: Double, dtype: DType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try produce("full", []) { _ in
      ct_full(shape.sizes, shape.length, value, dtype.scalarType, device.number)
    }
  }

  /// A tensor of zeros.
  public static func zeros(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try full(shape, 0, dtype: dtype, device: device)
  }

  /// A tensor of float32 zeros on the CPU, whose memory is taken only when it is read or written: so a network that is made
  /// to be looked at, or to take weights from a file, costs nothing before that.
  public static func untouchedZeros(_ shape: [Int]) throws(TorchError) -> Tensor {
    try produce("untouchedZeros(\(shape))", []) { _ in
      ct_untouched_zeros(shape.sizes, shape.length)
    }
  }

  /// A tensor of zeros with the type, shape, device and layout of `other`.
  public static func zeros(like other: Tensor) throws(TorchError) -> Tensor {
    try produce("zeros(like:)", [other]) { ct_zeros_like($0[0]) }
  }

  /// A tensor of ones.
  public static func ones(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try full(shape, 1, dtype: dtype, device: device)
  }

  /// The whole numbers 0 ..< `count`.
  public static func range(
    _ count: Int, dtype: DType = .int64, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try produce("range", []) { _ in ct_arange(Int64(count), dtype.scalarType, device.number) }
  }

  /// The rows and columns of a `size`×`size` matrix's elements on a diagonal and above it, 2×count in int64, row by row.
  /// - Parameter diagonal: 0 for the main one, 1 for the one above it.
  public static func upperTriangle(
    _ size: Int, from diagonal: Int = 0, device: Device = .cpu
  ) throws(TorchError) -> Tensor {
    try produce("upperTriangle(\(size))", []) { _ in
      ct_upper_triangle(Int64(size), Int64(diagonal), device.number)
    }
  }

  /// Independent draws of the standard normal distribution.
  public static func normal(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu, generator: Generator
  ) throws(TorchError) -> Tensor {
    try generator.draw("normal") {
      ct_random_normal(shape.sizes, shape.length, dtype.scalarType, device.number, $0)
    }
  }

  /// Independent draws of the uniform distribution on [0, 1).
  public static func uniform(
    _ shape: [Int], dtype: DType = .float32, device: Device = .cpu, generator: Generator
  ) throws(TorchError) -> Tensor {
    try generator.draw("uniform") {
      ct_random_uniform(shape.sizes, shape.length, dtype.scalarType, device.number, $0)
    }
  }
}

extension [Int] {
  /// The same numbers in the form of the C interface.
  var sizes: [Int64] { map(Int64.init) }

  /// The count; a count that is too large for the C interface is too large for libtorch anyway.
  var length: Int32 { Int32(clamping: count) }
}
