import Testing
import Torch

@Suite("Shapes and layouts")
struct ShapeTests {
  private let matrix: Tensor

  init() throws {
    matrix = try Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3])
  }

  @Test("Dimensions are rearranged")
  func rearranging() throws {
    #expect(try matrix.reshaped([3, -1]).shape == [3, 2])
    #expect(try matrix.reshaped([3, -1]).doubles() == [1, 2, 3, 4, 5, 6])
    #expect(try matrix.permuted([1, 0]).doubles() == [1, 4, 2, 5, 3, 6])
    #expect(try matrix.transposed(0, -1).shape == [3, 2])
    #expect(try matrix.unsqueezed(1).shape == [2, 1, 3])
    #expect(try matrix.unsqueezed(1).squeezed(1).shape == [2, 3])
    #expect(try matrix.squeezed(1).shape == [2, 3])
  }

  @Test("Parts are taken out")
  func parts() throws {
    #expect(try matrix.narrowed(1, 1..<3).doubles() == [2, 3, 5, 6])
    #expect(try matrix.narrowed(1, 1..<1).shape == [2, 0])
    #expect(try matrix.selected(0, 1).doubles() == [4, 5, 6])
    #expect(try matrix.selected(1, -1).doubles() == [3, 6])
    #expect(try matrix.gathered(1, Tensor([Int64(2), 0, 2])).doubles() == [3, 1, 3, 6, 4, 6])
    #expect(try matrix.flipped([1]).doubles() == [3, 2, 1, 6, 5, 4])
  }

  @Test("Tensors are repeated, padded and joined")
  func growing() throws {
    let row = try Tensor([1.0, 2], shape: [1, 2])
    #expect(try row.expanded([3, -1]).doubles() == [1, 2, 1, 2, 1, 2])
    #expect(try row.padded([1, 0, 0, 1], value: 9).doubles() == [9, 1, 2, 9, 9, 9])
    #expect(try row.padded([0, 1]).doubles() == [1, 2, 0])
    #expect(try Tensor.concatenated([row, row]).shape == [2, 2])
    #expect(try Tensor.concatenated([row, row], 1).doubles() == [1, 2, 1, 2])
  }

  @Test("A part shares its elements, a clone does not")
  func sharing() throws {
    let clone = try matrix.clone()
    try clone.selected(0, 0).fillInPlace(7)
    #expect(try clone.doubles() == [7, 7, 7, 4, 5, 6])
    #expect(try matrix.doubles() == [1, 2, 3, 4, 5, 6])
  }

  @Test("A layout changes where elements lie and not what they are")
  func layouts() throws {
    let maps = try Tensor.range(24, dtype: .float32).reshaped([1, 2, 3, 4])
    let channelsLast = try maps.channelsLast()
    #expect(!maps.isChannelsLast)
    #expect(channelsLast.isChannelsLast)
    #expect(try channelsLast.scalars(Float.self) == maps.scalars(Float.self))
    #expect(try !channelsLast.contiguous().isChannelsLast)
    #expect(throws: TorchError.self) { try matrix.channelsLast() }
  }

  @Test("Types are converted, and the device one is on is where one stays")
  func conversions() throws {
    #expect(try Tensor([2.9, -2.9]).converted(to: .int64).scalars(Int64.self) == [2, -2])
    #expect(try matrix.moved(to: .cpu).doubles() == matrix.doubles())
  }

  @Test("Shapes that do not fit are refused, and none traps")
  func refusals() throws {
    let error = #expect(throws: TorchError.self) { try matrix.reshaped([4, 2]) }
    #expect(error?.operation == "reshaped([4, 2])")
    #expect(error?.operands == ["float64[2, 3]"])
    #expect(error?.message.contains("invalid for input of size 6") == true)
    #expect(throws: TorchError.self) { try matrix.narrowed(1, 2..<4) }
    #expect(throws: TorchError.self) { try matrix.narrowed(1, .min ..< .max) }
    #expect(throws: TorchError.self) { try matrix.selected(0, 2) }
    #expect(throws: TorchError.self) { try matrix.padded([1]) }
    #expect(throws: TorchError.self) { try matrix.permuted([0, 0]) }
    #expect(throws: TorchError.self) { try matrix.gathered(0, Tensor([Int64(5)])) }
    #expect(throws: TorchError.self) { try Tensor.concatenated([]) }
  }
}
