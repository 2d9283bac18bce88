import Testing
import Torch

@Suite("Errors, devices and the library underneath")
struct ErrorAndDeviceTests {
  @Test("An error names the operation, the operands and libtorch's reason")
  func matmulMismatch() throws {
    let a = try Tensor.zeros([2, 3])
    let b = try Tensor.zeros([4, 5])
    let error = #expect(throws: TorchError.self) { try a.matmul(b) }
    #expect(error?.operation == "matmul")
    #expect(error?.operands == ["float32[2, 3]", "float32[4, 5]"])
    #expect(error?.message == "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)")
    #expect(
      error?.description == """
        matmul of float32[2, 3], float32[4, 5] failed: \
        mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)
        """)
  }

  @Test("Shapes that do not broadcast are refused")
  func broadcastMismatch() throws {
    let error = #expect(throws: TorchError.self) { try Tensor.zeros([2]) + Tensor.zeros([3]) }
    #expect(error?.message.contains("must match the size of tensor b (3)") == true)
  }

  @Test(
    "Texts that name no device are refused",
    arguments: ["", "gpu", "CPU", "cuda:", "cuda:x", "cuda:-1", "cuda:1:2", "cuda:128"])
  func misnamedDevice(text: String) {
    let error = #expect(throws: DeviceError.self) { try Device(named: text) }
    #expect(error?.description.contains("expected auto, cpu, cuda or cuda:N") == true)
  }

  @Test("Devices are named and name themselves")
  func namedDevices() throws {
    #expect(try Device(named: "cpu") == .cpu)
    #expect("\(Device.cpu) \(Device.cuda(2))" == "cpu cuda:2")
    let automatic = try Device(named: "auto")
    #expect(try Tensor.ones([2]).moved(to: automatic).device == automatic)
  }

  @Test("Where there is no GPU, every question for one says why", .withoutCUDA)
  func missingGPU() throws {
    for _ in 1...2 {
      let error = #expect(throws: DeviceError.self) { try Device(named: "cuda") }
      #expect(error?.description.hasPrefix("the device 'cuda' does not answer: ") == true)
      // Not without the loader's or the driver's reason.
      #expect(error?.description.hasSuffix(": ") == false)
    }
    #expect(throws: TorchError.self) { try Tensor.zeros([1], device: .cuda(0)) }
    #expect(throws: TorchError.self) { try Generator(seed: 0, device: .cuda(0)) }
  }

  @Test("No index of a CUDA device turns into another device", arguments: [-1, 128, 256, .max])
  func impossibleIndex(index: Int) {
    let error = #expect(throws: TorchError.self) { try Tensor.zeros([1], device: .cuda(index)) }
    #expect(error?.message.contains("there is no CUDA device") == true)
  }

  @Test("The library tells its version, and refuses to work with no thread")
  func library() throws {
    #expect(Libtorch.version.split(separator: ".").count >= 3)
    let threads = Libtorch.threadCount
    try Libtorch.setThreadCount(threads)
    #expect(Libtorch.threadCount == threads)
    let error = #expect(throws: TorchError.self) { try Libtorch.setThreadCount(0) }
    #expect(error?.message.contains("positive number of threads") == true)
  }
}
