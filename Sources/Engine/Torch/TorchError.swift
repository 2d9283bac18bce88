import CTorch

/// A failure inside libtorch, with the operation and the operands it was given.
public struct TorchError: Error, Equatable, CustomStringConvertible {
  /// The operation that failed, by its Swift name.
  public let operation: String
  /// The message of libtorch.
  public let message: String
  /// The operands as `float32[2, 3]`, in order.
  public let operands: [String]

  /// An error of `operation` with a message of its own.
  public init(operation: String, message: String, operands: [String] = []) {
    self.operation = operation
    self.message = message
    self.operands = operands
  }

  /// One sentence: the operation, its first operands and the message of libtorch.
  public var description: String {
    let more = operands.count > 4 ? " and \(operands.count - 4) more" : ""
    let given =
      operands.isEmpty ? "" : " of " + operands.prefix(4).joined(separator: ", ") + more
    return "\(operation)\(given) failed: \(message)"
  }

  /// The error of the last failed call of the C interface in this thread.
  static func last(_ operation: String, _ operands: [Tensor?] = []) -> TorchError {
    TorchError(
      operation: operation,
      message: String(cString: ct_error_message()),
      operands: operands.map { $0.map(\.signature) ?? "none" })
  }
}
