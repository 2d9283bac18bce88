import FaultSupport
import Files
import Foundation
import Testing

import TensorFiles

@Suite("Writing weights")
struct WritingTests {
  @Test("writes safetensors byte for byte as the format's own library")
  func safetensorsBytes() throws {
    let folder = try ScratchFolder()
    let original = try TensorFile.read(Fixture.path("every-type.safetensors"))
    var shuffled = StateDictionary(metadata: original.metadata)
    for entry in original.entries.reversed() { shuffled[entry.name] = entry.tensor }
    try TensorFile.write(shuffled, to: folder.path("out.safetensors"))
    let written = try Data(contentsOf: URL(fileURLWithPath: folder.path("out.safetensors")))
    #expect(try written == Fixture.bytes("every-type.safetensors"))
  }

  @Test(
    "reads back what it wrote", arguments: ["out.safetensors", "out.pth", "out.pth.tar", "OUT.PT"],
    ["every-type-zip.pth", "views-legacy.pth", "checkpoint-zip.pth"])
  func roundTrip(output: String, fixture: String) throws {
    let folder = try ScratchFolder()
    let original = try TensorFile.read(Fixture.path(fixture))
    try TensorFile.write(original, to: folder.path(output))
    let copy = try TensorFile.read(folder.path(output))
    #expect(copy.metadata == original.metadata)
    #expect(Set(copy.names) == Set(original.names))
    for entry in original.entries { #expect(copy[entry.name] == entry.tensor) }
    #expect(try folder.contents() == [output])
  }

  @Test("writes PyTorch storages at multiples of 64, where they can be mapped")
  func alignment() throws {
    let folder = try ScratchFolder()
    let original = try TensorFile.read(Fixture.path("every-type-zip.pth"))
    try TensorFile.write(original, to: folder.path("out.pth"))
    let copy = try TensorFile.read(folder.path("out.pth"))
    for entry in copy.entries { #expect(entry.tensor.bytes.startIndex.isMultiple(of: 64)) }
  }

  @Test("writes equal dictionaries to equal files", arguments: OutputFormat.allCases)
  func deterministic(format: OutputFormat) throws {
    let folder = try ScratchFolder()
    let original = try TensorFile.read(Fixture.path("checkpoint-zip.pth"))
    for name in ["a", "b"] { try TensorFile.write(original, to: folder.path(name), format: format) }
    #expect(FileManager.default.contentsEqual(atPath: folder.path("a"), andPath: folder.path("b")))
  }

  @Test("leaves the old file alone when the write fails midway")
  func failedWrite() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(Data("old".utf8), to: "weights.pth")
    let reason = try #require(throws: TensorFileError.self) { try OutputFormat(forPath: "x") }
    let error = #expect(throws: TensorFileError.self) {
      try AtomicFile.replace(path) { (output) throws(TensorFileError) in
        try output.write(Data("new".utf8))
        throw reason
      }
    }
    #expect(error == reason)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("old".utf8))
    #expect(try folder.contents() == ["weights.pth"])
  }

  @Test("says that a disk is full")
  func fullDisk() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(Data("old".utf8), to: "weights.pth")
    // Creating the temporary file is the first operation, writing to it the second.
    let disk = FileSystem(FaultyOperations(.fullDisk, at: 2))
    let error = #expect(throws: TensorFileError.self) {
      try FileSystem.$current.withValue(disk) {
        try AtomicFile.replace(path) { (output) throws(TensorFileError) in
          try output.write(Data(count: 10))
        }
      }
    }
    #expect(
      error?.description
        == "\(path): expected room for 10 more bytes, found 'No space left on device'; "
        + "nothing was changed; choose another place or make room.")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("old".utf8))
    #expect(try folder.contents() == ["weights.pth"])
  }

  @Test("leaves the old file or the new one at every operation", arguments: Fault.allCases)
  func everyFault(fault: Fault) throws {
    let folder = try ScratchFolder()
    let path = folder.path("weights.safetensors")
    let old = try TensorFile.read(Fixture.path("every-type-zip.pth"))
    var new = old
    new.metadata["iteration"] = "2"
    let count = FaultyOperations()
    try FileSystem.$current.withValue(FileSystem(count)) { try TensorFile.write(old, to: path) }
    #expect(count.count == 6)
    for point in 1...count.count {
      try TensorFile.write(old, to: path)
      let operations = FaultyOperations(fault, at: point)
      let outcome = Result {
        try FileSystem.$current.withValue(FileSystem(operations)) {
          try TensorFile.write(new, to: path)
        }
      }
      operations.end()
      let found = try TensorFile.read(path).metadata
      #expect(found == new.metadata || found == old.metadata, "\(fault) at \(point)")
      if case .success = outcome { #expect(found == new.metadata, "\(fault) at \(point)") }
    }
  }

  @Test("says why a folder cannot be written in", arguments: ["missing/out.pth", "file/out.pth"])
  func unwritableFolder(name: String) throws {
    let folder = try ScratchFolder()
    _ = try folder.write(Data(), to: "file")
    let error = #expect(throws: TensorFileError.self) {
      try TensorFile.write(StateDictionary(), to: folder.path(name))
    }
    #expect(error?.kind == .unwritable)
    #expect(error?.expected == "a folder to write in")
  }

  @Test("refuses suffixes and names the format has no room for")
  func refusals() throws {
    let folder = try ScratchFolder()
    let scalar = try StoredTensor(floats: [1], shape: [])
    var dictionary = StateDictionary(metadata: ["state_dict": "x"])
    dictionary["__metadata__"] = scalar
    for (name, kind) in [
      ("out.onnx", TensorFileError.Kind.unknownFormat), ("out.pth", .unsupported),
      ("out.safetensors", .unsupported),
    ] {
      let error = #expect(throws: TensorFileError.self) {
        try TensorFile.write(dictionary, to: folder.path(name))
      }
      #expect(error?.kind == kind)
    }
    #expect(try folder.contents().isEmpty)
  }
}
