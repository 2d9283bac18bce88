import Foundation
import TensorFiles
import Testing
import Torch
import TorchNN

@Suite("State dicts in files")
struct StateDictFileTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("state-dict-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test("Every type and shape comes back as it was", arguments: ["state.safetensors", "state.pth"])
  func roundTrip(name: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var state: StateDict = [
      "scalar": try Tensor([Int64.max], shape: []),
      "empty": try Tensor.zeros([0, 3]),
      "layout": try Tensor.range(24, dtype: .float32).reshaped([1, 2, 3, 4]).channelsLast(),
      "transposed": try Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3]).transposed(),
    ]
    for dtype in DType.allCases {
      state["type.\(dtype)"] = try Tensor([0.0, 1, 1], shape: [3, 1]).converted(to: dtype)
    }
    let path = folder.appendingPathComponent(name).path
    try TensorFile.write(state.stored(metadata: ["note": "kept"]), to: path)
    let file = try TensorFile.read(path)
    let read = try StateDict(file)
    #expect(file.names.sorted() == state.keys.sorted())
    if name.hasSuffix("safetensors") { #expect(file.metadata["note"] == "kept") }
    for (key, tensor) in state {
      let copy = try #require(read[key])
      #expect(copy.signature == tensor.signature, "\(key)")
      #expect(try bytes(copy) == bytes(tensor), "\(key)")
    }
  }

  @Test("A network that wrote its state and one that read it are the same")
  func network() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let network = try SampleNetwork()
    try network.initialize(using: Generator(seed: 21))
    let path = folder.appendingPathComponent("network.safetensors").path
    try TensorFile.write(network.stateDict().stored(), to: path)
    let other = try SampleNetwork()
    try other.load(StateDict(TensorFile.read(path)))
    for (key, tensor) in network.stateDict() {
      #expect(try bytes(#require(other.stateDict()[key])) == bytes(tensor), "\(key)")
    }
  }

  @Test("A file is replaced whole, with nothing left beside it, also while its tensors are in use")
  func replacement() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("state.safetensors").path
    try TensorFile.write(["a": try Tensor([1.0, 2])].stored(), to: path)
    let old = try TensorFile.read(path)
    try TensorFile.write(["a": try Tensor([3.0])].stored(), to: path)
    #expect(try StateDict(old)["a"]?.doubles() == [1, 2])
    #expect(try StateDict(TensorFile.read(path))["a"]?.doubles() == [3])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names == ["state.safetensors"])
  }

  private func bytes(_ tensor: Tensor) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: tensor.count * tensor.dtype.size)
    try bytes.withUnsafeMutableBytes { try tensor.copyBytes(to: $0) }
    return bytes
  }
}
