/// Where to compute, and what was found when this was looked for.
public struct DeviceChoice: Equatable, Sendable {
  /// Why the device is what it is.
  public enum Finding: Equatable, Sendable {
    /// It was asked for by its name.
    case named
    /// A CUDA device answers.
    case answering
    /// This machine has no NVIDIA GPU.
    case noGPU
    /// This machine has an NVIDIA GPU that cannot be computed on.
    /// - Parameters:
    ///   - trace: the path by which it is seen.
    ///   - reason: why it cannot be used.
    case unusableGPU(trace: String, reason: String)
  }

  /// Where to compute.
  public let device: Device
  /// What was found.
  public let finding: Finding

  /// The device that `text` names: `auto`, `cpu`, `cuda` or `cuda:N`.
  ///
  /// `auto` is the first CUDA device where one answers, else the CPU. A GPU that is there and does not answer is a finding
  /// that whoever waits for the results will want to know of: see `warning`.
  /// - Parameter root: the folder in whose `dev` and `proc` a GPU is looked for.
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

  /// That a GPU is there and is not used, and why; nil where nothing is amiss.
  public var warning: String? {
    guard case .unusableGPU(let trace, let reason) = finding else { return nil }
    return "this machine has an NVIDIA GPU (\(trace)), but computes on the CPU: \(reason)"
  }
}
