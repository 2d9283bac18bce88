import CTorch

/// The table of keys and values by which the processes of a run find each other (c10d's `TCPStore`): one process keeps it,
/// the others ask it.
///
/// A store that waits for an answer makes other threads wait: each thread opens one of its own.
final class KeyValueStore: @unchecked Sendable {
  private let pointer: OpaquePointer

  /// Opens the store at an address.
  /// - Parameters:
  ///   - serves: whether this process keeps it; then port 0 stands for any free one.
  ///   - prefix: what all keys begin with.
  ///   - limit: how long the store, and later an answer, is waited for.
  init(
    at host: String, port: Int, serves: Bool = false, prefix: String = "", limit: Duration
  ) throws(TorchError) {
    guard
      let pointer = ct_store_open(
        host, Int32(clamping: port), serves, prefix, limit.milliseconds)
    else { throw .last("KeyValueStore") }
    self.pointer = pointer
  }

  deinit { ct_store_free(pointer) }

  /// Its port.
  var port: Int { Int(ct_store_port(pointer)) }

  /// Changes how long an answer is waited for.
  func setLimit(_ limit: Duration) throws(TorchError) {
    try check("setLimit", ct_store_limit(pointer, limit.milliseconds))
  }

  /// Sets the value of a key.
  func set(_ key: String, _ value: String) throws(TorchError) {
    let bytes = Array(value.utf8)
    try check("set \(key)", ct_store_set(pointer, key, bytes, bytes.count))
  }

  /// Sets the value of a key that has none yet.
  /// - Returns: the value that it has then.
  @discardableResult
  func setFirst(_ key: String, _ value: String) throws(TorchError) -> String {
    let bytes = Array(value.utf8)
    return try text("setFirst \(key)") { ct_store_set_first(pointer, key, bytes, bytes.count) }
  }

  /// The value of a key, which is waited for.
  func value(of key: String) throws(TorchError) -> String {
    try text("value of \(key)") { ct_store_get(pointer, key) }
  }

  /// Whether a key has a value.
  func holds(_ key: String) throws(TorchError) -> Bool {
    var isThere = false
    try check("holds \(key)", ct_store_has(pointer, key, &isThere))
    return isThere
  }

  /// Connects the processes of a group, of which each calls this with its own rank.
  /// - Parameters:
  ///   - keys: what the keys begin with that they exchange, different for every group.
  ///   - address: of a network interface of this machine; empty for libtorch's choice.
  ///   - device: whose tensors they exchange, beside those of the CPU.
  func join(
    _ keys: String, rank: Int, of size: Int, address: String, device: Device, limit: Duration
  ) throws(TorchError) -> OpaquePointer {
    guard
      let group = ct_process_group_join(
        pointer, keys, Int32(clamping: rank), Int32(clamping: size), address, device.number,
        limit.milliseconds)
    else { throw .last("joining \(size) processes") }
    return group
  }

  private func check(_ operation: String, _ status: Int32) throws(TorchError) {
    guard status == 0 else { throw .last(operation) }
  }

  private func text(
    _ operation: String, _ body: () -> OpaquePointer?
  ) throws(TorchError) -> String {
    let bytes: [UInt8] = try Tensor.produce(operation, []) { _ in body() }.scalars()
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Duration {
  /// The duration in whole milliseconds.
  var milliseconds: Int64 { Int64(self / .milliseconds(1)) }
}
