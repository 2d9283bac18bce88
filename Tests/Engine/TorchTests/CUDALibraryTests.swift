import Foundation
import Testing
import Torch

/// The library beside libtorch that is opened where there is a CUDA device: what can be seen of it without one.
@Suite struct CUDALibraryTests {
  private static let torch = Machine.project.appendingPathComponent(".deps/torch").path
  private static let path = "\(torch)/torch/lib/libctorch_cuda.so"
  private static let isBuilt = FileManager.default.fileExists(atPath: path)

  @Test(.enabled(if: isBuilt, "Scripts/setup.sh has not compiled the library"))
  func givesTheFunctionsOfThisVersion() throws {
    let header = try String(
      contentsOf: Machine.project.appendingPathComponent("Sources/Engine/CTorch/CUDALibrary.h"),
      encoding: .utf8)
    let name = try #require(header.firstMatch(of: /_NAME "(\w+)"/)).1
    #expect(
      try symbols("nm -D --defined-only '\(Self.path)' | awk '$2 == \"T\" {print $3}'") == [name])
  }

  /// Those of the C and C++ libraries were found when it was linked, and carry their version.
  @Test(.enabled(if: isBuilt, "Scripts/setup.sh has not compiled the library"))
  func asksForNothingThatLibtorchLacks() throws {
    let asked = Set(
      try symbols("nm -D -u '\(Self.path)' | awk '$1 == \"U\" && $2 !~ /@/ {print $2}'"))
    #expect(asked.contains { $0.contains("CUDAGraph") && $0.contains("capture_begin") })
    // Scripts/setup.sh goes on without the header of NCCL where it cannot be fetched.
    let hasHeader = ["", "cuda-compiler/"].contains {
      FileManager.default.fileExists(atPath: "\(Self.torch)/\($0)nvidia/nccl/include/nccl.h")
    }
    #expect(asked.contains { $0.contains("ProcessGroupNCCLC1") } == hasHeader)
    let given = try symbols(
      """
      nm -D --defined-only '\(Self.torch)'/torch/lib/lib{c10,torch_cpu,c10_cuda,torch_cuda}.so \
        '\(Self.torch)'/nvidia/*/lib/libcudart.so.* | awk '{sub(/@.*/, "", $3); print $3}'
      """)
    #expect(asked.subtracting(given).isEmpty)
  }

  @Test(.withoutCUDA) func isNotOpenedWithoutADevice() {
    let error = #expect(throws: TorchError.self) {
      try CUDAGraph(on: .cuda(0)) { [try Tensor.ones([2])] }
    }
    #expect(error?.message.contains("no CUDA device is in use") == true)
  }

  private func symbols(_ command: String) throws -> [Substring] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-o", "pipefail", "-c", command]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text.split(separator: "\n")
  }
}
