import CTorch

extension Tensor {
  /// The same elements in another shape; one size may be -1.
  public func reshaped(_ shape: [Int]) throws(TorchError) -> Tensor {
    let inner = Array(shape.dropFirst())
    // A trace keeps the number of images open: only what leaves it as it is has a place in a graph.
    let keepsBatch = shape.count > 1 && shape.first == self.shape.first
    return try Tensor.produce(
      "reshaped(\(shape))", [self], as: keepsBatch ? .reshaping(inner) : nil
    ) {
      ct_reshape($0[0], shape.sizes, shape.length)
    }
  }

  /// The dimensions in another order.
  public func permuted(_ dimensions: [Int]) throws(TorchError) -> Tensor {
    try Tensor.produce("permuted(\(dimensions))", [self], as: .permutation(dimensions)) {
      ct_permute($0[0], dimensions.sizes, dimensions.length)
    }
  }

  /// Two dimensions exchanged.
  public func transposed(_ first: Int = 0, _ second: Int = 1) throws(TorchError) -> Tensor {
    try Tensor.produce("transposed", [self]) { ct_transpose($0[0], Int64(first), Int64(second)) }
  }

  /// A new dimension of size 1 before `dimension`.
  public func unsqueezed(_ dimension: Int) throws(TorchError) -> Tensor {
    try Tensor.produce("unsqueezed", [self]) { ct_unsqueeze($0[0], Int64(dimension)) }
  }

  /// The tensor without `dimension`, if its size is 1.
  public func squeezed(_ dimension: Int) throws(TorchError) -> Tensor {
    try Tensor.produce("squeezed", [self]) { ct_squeeze($0[0], Int64(dimension)) }
  }

  /// The part of `dimension` within `range`, sharing the elements.
  public func narrowed(_ dimension: Int, _ range: Range<Int>) throws(TorchError) -> Tensor {
    try Tensor.produce(
      "narrowed(\(dimension), \(range))", [self],
      as: .narrowing(dimension: dimension, range: range)
    ) {
      // `range.count` would trap on overflow; libtorch refuses the negative length that this gives instead.
      ct_narrow(
        $0[0], Int64(dimension), Int64(range.lowerBound),
        Int64(range.upperBound &- range.lowerBound))
    }
  }

  /// One slice of `dimension`, which is dropped, sharing the elements.
  public func selected(_ dimension: Int, _ index: Int) throws(TorchError) -> Tensor {
    try Tensor.produce(
      "selected(\(dimension), \(index))", [self],
      as: .selection(dimension: dimension, index: index)
    ) {
      ct_select($0[0], Int64(dimension), Int64(index))
    }
  }

  /// The slices of `dimension` at `indices` (int64), in their order.
  public func gathered(_ dimension: Int, _ indices: Tensor) throws(TorchError) -> Tensor {
    try Tensor.produce("gathered", [self, indices]) {
      ct_index_select($0[0], Int64(dimension), $0[1])
    }
  }

  /// Dimensions of size 1 repeated to fill `shape`, without copying.
  public func expanded(_ shape: [Int]) throws(TorchError) -> Tensor {
    try Tensor.produce("expanded(\(shape))", [self]) {
      ct_expand($0[0], shape.sizes, shape.length)
    }
  }

  /// The tensor surrounded by `value`; `sides` holds the counts before and after, from the last dimension backwards.
  public func padded(_ sides: [Int], value: Double = 0) throws(TorchError) -> Tensor {
    try Tensor.produce("padded(\(sides))", [self]) {
      ct_pad($0[0], sides.sizes, sides.length, value)
    }
  }

  /// The elements in reverse order along `dimensions`.
  public func flipped(_ dimensions: [Int]) throws(TorchError) -> Tensor {
    try Tensor.produce("flipped", [self]) {
      ct_flip($0[0], dimensions.sizes, dimensions.length)
    }
  }

  /// The tensors one after the other along `dimension`.
  public static func concatenated(
    _ tensors: [Tensor], _ dimension: Int = 0
  ) throws(TorchError) -> Tensor {
    try produce("concatenated", tensors, as: .concatenation(dimension: dimension)) {
      ct_concatenate($0, Int32(clamping: $0.count), Int64(dimension))
    }
  }

  /// A copy with its own elements.
  public func clone() throws(TorchError) -> Tensor {
    try Tensor.produce("clone", [self], as: .identity) { ct_clone($0[0]) }
  }

  /// The tensor with elements of another type; itself if it has this type already.
  public func converted(to dtype: DType) throws(TorchError) -> Tensor {
    try Tensor.produce("converted(to: \(dtype))", [self]) { ct_to_dtype($0[0], dtype.scalarType) }
  }

  /// The tensor on another device; itself if it is there already.
  public func moved(to device: Device) throws(TorchError) -> Tensor {
    try Tensor.produce("moved(to: \(device))", [self]) { ct_to_device($0[0], device.number) }
  }

  /// The tensor on another device, as with `moved`. For a CUDA device the copy runs without waiting and while the device
  /// computes; it is done before any work that uses the result there. It is only faster from `pinned` memory.
  public func movedAhead(to device: Device) throws(TorchError) -> Tensor {
    try Tensor.produce("movedAhead(to: \(device))", [self]) {
      ct_to_device_ahead($0[0], device.number)
    }
  }

  /// A copy in page-locked memory of the CPU, which CUDA devices read by themselves. The memory goes back to libtorch's
  /// caching allocator, which uses it again only when the copies from it are done.
  /// - Throws: `TorchError` if there is no CUDA.
  public func pinned() throws(TorchError) -> Tensor {
    try Tensor.produce("pinned", [self]) { ct_pin($0[0]) }
  }

  /// The tensor in row-major order; itself if it is in this order already.
  public func contiguous() throws(TorchError) -> Tensor {
    try Tensor.produce("contiguous", [self], as: .identity) { ct_contiguous($0[0]) }
  }

  /// An N×C×H×W tensor laid out in N×H×W×C order; itself if it is in this order already.
  public func channelsLast() throws(TorchError) -> Tensor {
    try Tensor.produce("channelsLast", [self], as: .identity) { ct_channels_last($0[0]) }
  }
}
