/// Why a device cannot be used.
public enum DeviceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text names no device.
  case unknown(String)
  /// The device does not answer.
  case unavailable(String, reason: String)
  /// There are fewer CUDA devices than processes that want one each.
  case tooFew(processes: Int, devices: Int)

  /// What was requested, and why it cannot be used.
  public var description: String {
    switch self {
    case .unknown(let text):
      "there is no device '\(text)'; expected auto, cpu, cuda or cuda:N"
    case .unavailable(let text, let reason):
      "the device '\(text)' does not answer: \(reason)"
    case .tooFew(let processes, let devices):
      "this machine has \(devices) CUDA device\(devices == 1 ? "" : "s") for at least \(processes) processes; start one for each device"
    }
  }
}
