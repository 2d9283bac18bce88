import CTorch

/// Where a tensor lives and its operations run.
public enum Device: Hashable, Sendable, CustomStringConvertible {
  case cpu
  case cuda(Int)

  /// The device that `text` names: `auto`, `cpu`, `cuda` or `cuda:N`.
  ///
  /// `auto` is the first CUDA device if one answers, otherwise the CPU; `DeviceChoice` says why.
  public init(named text: String) throws(DeviceError) {
    self = try DeviceChoice(named: text).device
  }

  /// The CUDA device that `text` names.
  static func cuda(named text: String) throws(DeviceError) -> Device {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.first == "cuda", parts.count <= 2,
      let index = parts.count == 2 ? Int(parts[1]) : 0, (0..<128).contains(index)
    else {
      throw .unknown(text)
    }
    guard ct_load_cuda() == 0 else {
      throw .unavailable(text, reason: String(cString: ct_error_message()))
    }
    let count = Int(ct_cuda_device_count())
    guard index < count else {
      throw .unavailable(text, reason: "this machine has \(count) CUDA device(s)")
    }
    return .cuda(index)
  }

  /// `cpu` or `cuda:N`.
  public var description: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    }
  }

  /// The number in the C interface: -1 for the CPU, which no index of a CUDA device can be.
  var number: Int32 {
    switch self {
    case .cpu: -1
    case .cuda(let index): index < 0 ? .min : Int32(clamping: index)
    }
  }

  init(number: Int32) {
    self = number < 0 ? .cpu : .cuda(Int(number))
  }
}
