import CTorch

/// The type in which convolutions and matrix products run at present, in this thread and on the kind of `device`; nil
/// outside of `withAutocast`.
public func autocastType(on device: Device) -> DType? {
  DType(scalarType: ct_autocast_dtype(device.number))
}

/// Runs `body` with convolutions and matrix products in `dtype`, in this thread and on the kind of `device`: PyTorch's
/// `autocast`. In a nested call, the inner type applies until its `body` has ended.
///
/// Run backward passes outside: they compute in the types that the forward pass chose.
/// - Throws: `TorchError` if libtorch has no such mode, and what `body` throws.
public func withAutocast<Result>(
  to dtype: DType, on device: Device, _ body: () throws -> Result
) throws -> Result {
  let outer = ct_autocast_dtype(device.number)
  guard outer != dtype.scalarType else { return try body() }
  guard ct_set_autocast(device.number, dtype.scalarType) == 0 else {
    throw TorchError.last("withAutocast(to: \(dtype), on: \(device))")
  }
  defer { _ = ct_set_autocast(device.number, outer) }
  return try body()
}
