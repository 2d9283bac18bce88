import CTorch

/// The device to compute on, and why it was chosen.
public struct DeviceChoice: Equatable, Sendable {
  /// Why the device was chosen.
  public enum Finding: Equatable, Sendable {
    /// It was asked for by its name.
    case named
    /// A CUDA device answers.
    case answering
    /// This machine has no NVIDIA GPU.
    case noGPU
    /// This machine has an NVIDIA GPU that cannot be used.
    /// - Parameters:
    ///   - trace: the path by which it is seen.
    ///   - reason: why it cannot be used.
    case unusableGPU(trace: String, reason: String)
  }

  /// The device to compute on.
  public let device: Device
  /// What was found.
  public let finding: Finding

  /// The device that `text` names: `auto`, `cpu`, `cuda` or `cuda:N`.
  ///
  /// `auto` is the first CUDA device if one answers, otherwise the CPU. If there is a GPU that does not answer, the user
  /// should be told: see `warning`.
  /// - Parameter root: the folder that holds `dev` and `proc`, where a GPU is looked for.
  public init(named text: String, root: String = "/") throws(DeviceError) {
    switch text {
    case "cpu":
      (device, finding) = (.cpu, .named)
    case "auto":
      do throws(DeviceError) {
        (device, finding) = (try .cuda(named: "cuda"), .answering)
      } catch {
        device = .cpu
        guard case .unavailable(_, let reason) = error else { throw error }
        finding =
          GPUTraces.first(below: root).map { .unusableGPU(trace: $0, reason: reason) } ?? .noGPU
      }
    default:
      (device, finding) = (try .cuda(named: text), .named)
    }
  }

  /// The device of one of several processes of this machine: that of its number where GPUs are used, or the only one that it is
  /// shown, as Slurm shows each task its own by `CUDA_VISIBLE_DEVICES`.
  /// - Parameters:
  ///   - number: the number of the process among those of its machine, from 0.
  ///   - environment: the variables of the process.
  /// - Throws: `DeviceError.tooFew`.
  public func device(
    ofProcess number: Int, environment: [String: String]
  ) throws(DeviceError) -> Device {
    guard device != .cpu else { return .cpu }
    return try Self.device(
      ofProcess: number, among: Int(ct_cuda_device_count()),
      isShownItsOwn: environment["CUDA_VISIBLE_DEVICES"] != nil)
  }

  package static func device(
    ofProcess number: Int, among count: Int, isShownItsOwn: Bool
  ) throws(DeviceError) -> Device {
    if number < count { return .cuda(number) }
    guard count == 1, isShownItsOwn else {
      throw .tooFew(processes: number + 1, devices: count)
    }
    return .cuda(0)
  }

  /// A sentence that says that a GPU is there but not used, and why; nil if nothing is wrong.
  public var warning: String? {
    guard case .unusableGPU(let trace, let reason) = finding else { return nil }
    return "this machine has an NVIDIA GPU (\(trace)), but computes on the CPU: \(reason)"
  }
}
