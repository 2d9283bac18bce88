/// A device that cannot be computed on.
public enum DeviceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text names no device.
  case unknown(String)
  /// The device does not answer.
  case unavailable(String, reason: String)

  /// What was asked for, why it cannot be had, and what to do.
  public var description: String {
    switch self {
    case .unknown(let text):
      "there is no device '\(text)'; expected auto, cpu, cuda or cuda:N"
    case .unavailable(let text, let reason):
      "the device '\(text)' does not answer: \(reason); use --device cpu, or set up with `make CUDA=1` on a "
        + "machine with an NVIDIA driver"
    }
  }
}
