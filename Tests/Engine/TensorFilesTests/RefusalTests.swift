import Foundation
import Testing

import TensorFiles

@Suite("Refusing a file")
struct RefusalTests {
  private func error(_ path: String) throws -> TensorFileError {
    try #require(throws: TensorFileError.self) { try TensorFile.read(path) }
  }

  private func error(of bytes: Data) throws -> TensorFileError {
    let folder = try ScratchFolder()
    return try error(folder.write(bytes, to: "file"))
  }

  @Test(
    "names what a pickle asks for",
    arguments: [
      ("os", "system"), ("builtins", "eval"), ("posix", "system"), ("builtins", "getattr"),
      ("torch.storage", "_load_from_bytes"), ("torch", "load"), ("numpy", "ndarray"),
    ])
  func forbiddenGlobals(module: String, name: String) throws {
    let old = HandmadePickle(.global(module, name), .raw(Array(")R.".utf8)))
    let new = HandmadePickle(.text(module), .text(name), .raw([0x93] + Array(")R.".utf8)))
    for pickle in [old, new] {
      let error = try error(of: pickle.legacyFile)
      #expect(error.kind == .forbidden)
      #expect(error.found == "a request for '\(module).\(name)'")
    }
  }

  @Test("a tensor that PyTorch would change when it is read")
  func lazyNegation() throws {
    let pickle = HandmadePickle.tensor(shape: [2], strides: [1], isNegative: true)
    #expect(try error(of: pickle.legacyFile).found == "one to be changed when it is read")
  }

  @Test("runs no command", arguments: ["refused-command-zip.pth", "refused-command-legacy.pth"])
  func command(name: String) throws {
    let error = try error(Fixture.path(name))
    #expect(error.kind == .forbidden)
    #expect(error.found == "a request for 'posix.system'")
  }

  @Test(
    "names elements and forms that are not read",
    arguments: [
      ("refused-complex.pth", "complex64 (torch.ComplexFloatStorage)"),
      ("refused-complex.safetensors", "elements of type 'C64'"),
      ("refused-deflated.pth", "compressed"), ("refused-program.pth", "a TorchScript program"),
    ])
  func unsupported(name: String, found: String) throws {
    let error = try error(Fixture.path(name))
    #expect(error.kind == .unsupported)
    #expect(error.found.contains(found))
  }

  @Test("says what a file of another kind starts with")
  func unknownFormat() throws {
    let error = try error(of: Data("version https://git-lfs.github.com/spec/v1".utf8))
    #expect(error.kind == .unknownFormat)
    #expect(error.found == "a file that starts with 'version https://'")
    #expect(try self.error(of: Data()).found == "an empty file")
  }

  @Test("gives the system's reason where nothing can be opened")
  func unreadable() throws {
    let missing = try error("/nowhere/weights.pth")
    #expect(missing.kind == .unreadable)
    #expect(
      missing.description
        == "/nowhere/weights.pth: expected a readable file, found No such file or directory.")
    #expect(try error("/dev/zero").found == "no regular file")
  }

  @Test(
    "holds a safetensors header against the data",
    arguments: [
      (
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
          + #""a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "'a' twice"
      ),
      (#"{"__metadata__":{"k":"1","k":"2"}}"#, "'k' twice"),
      (#"{"__metadata__":{"k":1}}"#, "'1'"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"#, "8 bytes"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "bytes 4 to 8"),
      (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "8 bytes"),
      (
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
          + #""b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "bytes 4 to 8"
      ),
      (#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, "bytes 0 to 16"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, "bytes 8 to 0"),
      (#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, "'-'"),
      (#"{"a":{"dtype":"U8","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#, "8 bytes"),
      (#"{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,8]}}"#, "'9'"),
      (#"{"a":{"dtype":"U8","shape":[[8]],"data_offsets":[0,8]}}"#, "'['"),
      (#"{"a":{"dtype":"U8","shape":[8]}}"#, "less or more"),
      (#"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8],"x":1}}"#, "'x'"),
      (#"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}} {"#, "'{'"),
      (#"{"a\q":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}"#, "other bytes"),
      (#"{"a":{"dtype":"U8","#, "the end of the header"),
    ])
  func safetensorsHeader(header: String, found: String) throws {
    var file = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    file.append(contentsOf: header.utf8)
    file.append(Data(count: 8))
    let error = try error(of: file)
    #expect(error.kind == .damaged)
    #expect(error.found.contains(found))
  }

  @Test(
    "holds a tensor's window against its storage",
    arguments: [
      (6, -1, [2], [1]), (6, 5, [2], [1]), (6, 0, [-2], [1]), (6, 1, [2], [-1]), (6, 0, [7], [1]),
      (7, 0, [2], [1]), (-1, 0, [1], [1]), (6, 0, [2], [Int.max]), (6, Int.max, [2], [1]),
      (6, 0, [Int.max, Int.max], [1, 1]), (6, 0, [1], [1, 1]), (Int.max, 0, [1], [1]),
      (6, 7, [0], [1]),
    ])
  func window(count: Int, offset: Int, shape: [Int], strides: [Int]) throws {
    let pickle = HandmadePickle.tensor(
      count: count, offset: offset, shape: shape, strides: strides)
    #expect(try error(of: pickle.legacyFile).kind == .damaged)
  }

  @Test("allows any stride along an axis of length 1")
  func strideOfSingleElement() throws {
    let folder = try ScratchFolder()
    let pickle = HandmadePickle.tensor(shape: [1, 2, 3], strides: [Int.max, 1, 2])
    let path = try folder.write(pickle.legacyFile, to: "file")
    #expect(try TensorFile.read(path)["w0"]?.shape == [1, 2, 3])
  }

  @Test("copies no more than a few times the file's size")
  func repeatedElement() throws {
    let small = HandmadePickle.tensor(shape: [30], strides: [0])
    let folder = try ScratchFolder()
    #expect(try TensorFile.read(folder.write(small.legacyFile, to: "a"))["w0"]?.elementCount == 30)
    let large = HandmadePickle.tensor(shape: [1 << 30], strides: [0])
    #expect(try error(of: large.legacyFile).kind == .tooLarge)
    let many = HandmadePickle.tensor(shape: [600], strides: [0], copies: 20)
    #expect(try error(of: many.legacyFile).kind == .tooLarge)
  }

  @Test("follows no endless or bottomless structure")
  func structures() throws {
    let itself = HandmadePickle(
      .raw(Array("}q\0".utf8)), .text("a"), .raw(Array("h\0s.".utf8)))
    let nested = HandmadePickle(
      .raw(Array("}".utf8)), .text("a"), .raw(Array(")".utf8)), .repeated([0x85], 500_000),
      .raw(Array("s.".utf8)))
    var doubled: [HandmadePickle.Part] = [.raw(Array("}".utf8)), .text("a"), .text("x")]
    for _ in 0..<30 { doubled.append(.raw([0x71, 0, 0x68, 0, 0x86])) }
    doubled.append(.raw(Array("s.".utf8)))
    for pickle in [itself, nested, HandmadePickle(parts: doubled)] {
      #expect(try error(of: pickle.legacyFile).kind == .tooLarge)
    }
  }

  @Test("finds zip entries that share a name or bytes")
  func zipEntries() throws {
    let folder = try ScratchFolder()
    var dictionary = StateDictionary()
    for name in ["a", "b"] { dictionary[name] = try StoredTensor(floats: [1], shape: [1]) }
    try TensorFile.write(dictionary, to: folder.path("good.pth"))
    let good = try Data(contentsOf: URL(fileURLWithPath: folder.path("good.pth")))

    let twice = good.replacing(Data("archive/data/1".utf8), with: Data("archive/data/0".utf8))
    #expect(try error(of: twice).found == "'archive/data/0' twice")

    // The directory's last field of each entry is its offset; entry 3 is given entry 2's.
    var shared = good
    let names = good.ranges(of: Data("archive/data/".utf8)).suffix(2)
    let offsets = names.map { $0.upperBound + 1 + 20..<$0.upperBound + 1 + 28 }
    shared.replaceSubrange(offsets[1], with: good[offsets[0]])
    #expect(try error(of: shared).expected == "bytes of its own")

    #expect(try error(of: good.dropLast(30)).found.contains("cut short"))
  }
}
