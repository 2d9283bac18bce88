import Foundation
import Testing

import TensorFiles

@Suite("Reading weights")
struct ReadingTests {
  @Test(
    "gives the names, values and metadata that PyTorch gives",
    arguments: try Fixture.all().keys.sorted())
  func agreesWithPyTorch(name: String) throws {
    let fixture = try #require(try Fixture.all()[name])
    let dictionary = try TensorFile.read(Fixture.path(name))
    #expect(dictionary.names == fixture.names)
    #expect(dictionary.metadata == fixture.metadata)
    for entry in dictionary.entries {
      #expect(entry.tensor.description == fixture.tensors[entry.name]?.description)
    }
  }

  @Test("goes by the content, not by the suffix")
  func contentDecides() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(Fixture.bytes("views-zip.pth"), to: "weights.safetensors")
    #expect(try TensorFile.read(path) == TensorFile.read(Fixture.path("views-zip.pth")))
  }

  @Test("keeps a file's tensors when the file is replaced")
  func replacedFile() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(Fixture.bytes("every-type.safetensors"), to: "a.safetensors")
    let before = try TensorFile.read(path)
    try TensorFile.write(StateDictionary(), to: path)
    #expect(try before == TensorFile.read(Fixture.path("every-type.safetensors")))
    #expect(try TensorFile.read(path).entries.isEmpty)
  }

  @Test("reads the byte strings Python 2 wrote as names")
  func pythonTwo() throws {
    let folder = try ScratchFolder()
    let tensor = HandmadePickle.tensor(shape: [2], strides: [1]).bytes
    let named = tensor.replacing(Data("X\u{2}\0\0\0w0".utf8), with: Data("U\u{2}w0".utf8))
    let file = HandmadePickle(.raw([UInt8](named.dropFirst(2)))).legacyFile
    #expect(try TensorFile.read(folder.write(file, to: "old.pth")).names == ["w0"])
  }

  @Test("takes off 'module.' only where every name has it")
  func modulePrefix() throws {
    let folder = try ScratchFolder()
    var dictionary = StateDictionary()
    dictionary["module.a"] = try StoredTensor(floats: [1], shape: [])
    dictionary["module.b"] = try StoredTensor(floats: [2], shape: [])
    try TensorFile.write(dictionary, to: folder.path("all.pth"))
    dictionary["queue3"] = try StoredTensor(floats: [3], shape: [])
    try TensorFile.write(dictionary, to: folder.path("some.pth"))
    #expect(try TensorFile.read(folder.path("all.pth")).names == ["a", "b"])
    #expect(
      try TensorFile.read(folder.path("some.pth")).names == ["module.a", "module.b", "queue3"])
  }
}
