import Foundation
import Testing

import TensorFiles

@Suite("A stored tensor")
struct StoredTensorTests {
  @Test("has as many bytes as its type and shape ask")
  func sizeMismatch() throws {
    let tensor = try StoredTensor(elementType: .int16, shape: [2, 3], bytes: Data(count: 12))
    #expect(tensor.elementCount == 6)
    let error = #expect(throws: StoredTensor.SizeMismatch.self) {
      try StoredTensor(elementType: .int16, shape: [2, 3], bytes: Data(count: 13))
    }
    #expect(
      error?.description == "A int16 tensor of shape [2, 3]: expected 12 bytes, found 13.")
  }

  @Test("has no negative and no overflowing shape", arguments: [[-1, -1], [1 << 62, 4]])
  func impossibleShape(shape: [Int]) {
    #expect(throws: StoredTensor.SizeMismatch.self) {
      try StoredTensor(elementType: .uint8, shape: shape, bytes: Data(count: 1))
    }
  }

  @Test("is equal to one of other bytes in memory with the same content")
  func equality() throws {
    let bytes = Data([9, 1, 2])
    let slice = try StoredTensor(elementType: .uint8, shape: [2], bytes: bytes[1...])
    let copy = try StoredTensor(elementType: .uint8, shape: [2], bytes: Data([1, 2]))
    #expect(slice == copy)
    #expect(try slice != StoredTensor(elementType: .int8, shape: [2], bytes: Data([1, 2])))
  }

  @Test("stays under its name, in order, until it is removed")
  func dictionary() throws {
    var dictionary = StateDictionary()
    for (index, name) in ["b", "a", "c"].enumerated() {
      dictionary[name] = try StoredTensor(floats: [Float(index)], shape: [1])
    }
    dictionary["b"] = nil
    dictionary["c"] = try StoredTensor(floats: [5], shape: [1])
    #expect(dictionary.names == ["a", "c"])
    #expect(try dictionary["c"] == StoredTensor(floats: [5], shape: [1]))
    #expect(dictionary["b"] == nil)
  }
}
