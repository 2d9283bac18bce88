import Foundation
import Testing
import Torch

@Suite final class DeviceChoiceTests {
  /// Stands for the root of a machine's file system.
  private let root = FileManager.default.temporaryDirectory
    .appendingPathComponent("machine-\(UUID().uuidString)")

  deinit {
    try? FileManager.default.removeItem(at: root)
  }

  @Test(.withoutCUDA, arguments: ["dev/nvidia0", "proc/driver/nvidia/gpus/0000:01:00.0"])
  func aGPUThatCannotBeUsedIsSaid(trace: String) throws {
    try make(trace)
    let choice = try DeviceChoice(named: "auto", root: root.path)
    #expect(choice.device == .cpu)
    let warning = try #require(choice.warning)
    #expect(warning.contains(root.appendingPathComponent(trace).path))
    #expect(warning.contains("computes on the CPU: "))
    guard case .unusableGPU(_, let reason) = choice.finding else {
      Issue.record("found \(choice.finding)")
      return
    }
    let error = #expect(throws: DeviceError.self) { try Device(named: "cuda") }
    #expect(error == .unavailable("cuda", reason: reason))
  }

  /// The driver's control files are there without a GPU too.
  @Test(.withoutCUDA, arguments: ["dev/null", "dev/nvidiactl", "dev/nvidia-caps"])
  func withoutAGPUNothingIsAmiss(trace: String) throws {
    try make(trace)
    let choice = try DeviceChoice(named: "auto", root: root.path)
    #expect(choice.device == .cpu)
    #expect(choice.finding == .noGPU)
    #expect(choice.warning == nil)
  }

  @Test func processesOfAMachineHaveADeviceEach() throws {
    func device(_ number: Int, among count: Int, isShownItsOwn: Bool = false) throws -> Device {
      try DeviceChoice.device(ofProcess: number, among: count, isShownItsOwn: isShownItsOwn)
    }
    #expect(try device(3, among: 4) == .cuda(3))
    // Slurm may show each task its own device alone.
    #expect(try device(3, among: 1, isShownItsOwn: true) == .cuda(0))
    #expect(throws: DeviceError.tooFew(processes: 3, devices: 2)) { try device(2, among: 2) }
    // NCCL wants a device for each.
    #expect(throws: DeviceError.tooFew(processes: 2, devices: 1)) { try device(1, among: 1) }
    #expect(try DeviceChoice(named: "cpu").device(ofProcess: 3, environment: [:]) == .cpu)
  }

  @Test func whoAsksForTheCPUIsNotWarned() throws {
    try make("dev/nvidia0")
    let choice = try DeviceChoice(named: "cpu", root: root.path)
    #expect(choice.device == .cpu)
    #expect(choice.finding == .named)
    #expect(choice.warning == nil)
  }

  @Test(.withCUDA) func aGPUThatAnswersIsUsed() throws {
    let choice = try DeviceChoice(named: "auto")
    #expect(choice.device == .cuda(0))
    #expect(choice.finding == .answering)
    #expect(choice.warning == nil)
  }

  private func make(_ path: String) throws {
    let file = root.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data().write(to: file)
  }
}
