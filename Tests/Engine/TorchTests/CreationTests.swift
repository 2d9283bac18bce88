import Foundation
import Testing
import Torch

@Suite("Creating tensors and reading them back")
struct CreationTests {
  @Test("Scalars of every Swift type come back in row-major order")
  func scalars() throws {
    #expect(try Tensor([1.5, -2] as [Float]).scalars(Float.self) == [1.5, -2])
    #expect(try Tensor([1.5, -2, 3, 4], shape: [2, 2]).scalars(Double.self) == [1.5, -2, 3, 4])
    #expect(try Tensor([Int64.min, .max]).scalars(Int64.self) == [.min, .max])
    #expect(try Tensor([0, 255] as [UInt8]).scalars(UInt8.self) == [0, 255])
    let transposed = try Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3]).transposed()
    #expect(try transposed.scalars(Double.self) == [1, 4, 2, 5, 3, 6])
  }

  @Test("A tensor says what it is")
  func description() throws {
    let tensor = try Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3])
    #expect(tensor.rank == 2)
    #expect(tensor.shape == [2, 3])
    #expect(tensor.count == 6)
    #expect(tensor.dtype == .float64)
    #expect(tensor.device == .cpu)
    #expect(tensor.signature == "float64[2, 3]")
  }

  @Test("Constants fill their shape", arguments: DType.allCases)
  func constants(dtype: DType) throws {
    let ones = try Tensor.ones([2, 3], dtype: dtype)
    #expect(ones.dtype == dtype)
    #expect(try ones.doubles() == [1, 1, 1, 1, 1, 1])
    #expect(try Tensor.zeros([2], dtype: dtype).doubles() == [0, 0])
    #expect(try Tensor.zeros(like: ones).doubles() == [0, 0, 0, 0, 0, 0])
    #expect(try Tensor.zeros(like: ones).dtype == dtype)
    var bytes = [UInt8](repeating: 7, count: 6 * dtype.size)
    try bytes.withUnsafeMutableBytes { try ones.copyBytes(to: $0) }
    let copy = try bytes.withUnsafeBytes { try Tensor(bytes: $0, shape: [2, 3], dtype: dtype) }
    #expect(try copy.equals(ones).doubles() == [1, 1, 1, 1, 1, 1])
  }

  @Test("A range counts from zero, and a full tensor holds its value")
  func ranges() throws {
    #expect(try Tensor.range(4).scalars(Int64.self) == [0, 1, 2, 3])
    #expect(try Tensor.range(3, dtype: .float32).scalars(Float.self) == [0, 1, 2])
    #expect(try Tensor.full([2], 2.5).scalars(Float.self) == [2.5, 2.5])
  }

  @Test("The places above a diagonal come row by row")
  func upperTriangle() throws {
    let above = try Tensor.upperTriangle(3, from: 1)
    #expect(above.signature == "int64[2, 3]")
    #expect(try above.scalars(Int64.self) == [0, 0, 1, 1, 2, 2])
    #expect(try Tensor.upperTriangle(2).scalars(Int64.self) == [0, 0, 1, 0, 1, 1])
    #expect(try Tensor.upperTriangle(1, from: 1).shape == [2, 0])
  }

  @Test("Tensors of no dimension and of no element are tensors too")
  func degenerateShapes() throws {
    let scalar = try Tensor([4.0], shape: [])
    #expect(scalar.shape == [])
    #expect(try scalar.item() == 4)
    let empty = try Tensor([] as [Double], shape: [0, 3])
    #expect(empty.count == 0)
    #expect(try empty.scalars(Double.self) == [])
  }

  @Test("Bytes that do not fill the shape are refused with both counts")
  func misfittingBytes() {
    let error = #expect(throws: TorchError.self) { try Tensor([1.0, 2], shape: [3]) }
    #expect(error?.message.contains("24 bytes") == true)
    #expect(error?.message.contains("given 16") == true)
  }

  @Test("Impossible shapes are refused")
  func impossibleShapes() {
    #expect(throws: TorchError.self) { try Tensor.zeros([2, -1]) }
    #expect(throws: TorchError.self) { try Tensor.zeros([.max, .max]) }
    #expect(throws: TorchError.self) { try Tensor.range(-1) }
  }

  @Test("Reading as another type, a buffer of another size or one of many elements is refused")
  func misread() throws {
    let tensor = try Tensor([1, 2] as [Float])
    let error = #expect(throws: TorchError.self) { try tensor.scalars(Double.self) }
    #expect(error?.description.contains("float64") == true)
    #expect(error?.operands == ["float32[2]"])
    #expect(throws: TorchError.self) { try tensor.item() }
    var bytes = [UInt8](repeating: 0, count: 7)
    #expect(throws: TorchError.self) {
      try bytes.withUnsafeMutableBytes { try tensor.copyBytes(to: $0) }
    }
  }

  @Test("Every element type has a name and a size of its own kind")
  func elementTypes() {
    #expect(
      DType.allCases.map(\.description) == [
        "uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64", "bool",
        "bfloat16",
      ])
    #expect(DType.allCases.map(\.size) == [1, 1, 2, 4, 8, 2, 4, 8, 1, 2])
  }
}
