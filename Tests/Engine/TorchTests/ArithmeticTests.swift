import Foundation
import Testing
import Torch

@Suite("Arithmetic")
struct ArithmeticTests {
  private let a: Tensor
  private let b: Tensor

  init() throws {
    a = try Tensor([1.0, -2, 3])
    b = try Tensor([4.0, 5, -6])
  }

  @Test("Two tensors are combined element by element")
  func tensors() throws {
    #expect(try (a + b).doubles() == [5, 3, -3])
    #expect(try (a - b).doubles() == [-3, -7, 9])
    #expect(try (a * b).doubles() == [4, -10, -18])
    #expect(try (a / b).doubles() == [0.25, -0.4, -0.5])
    #expect(try a.equals(Tensor([1.0, 2, 3])).scalarsOfBool() == [true, false, true])
  }

  @Test("A number is combined with every element, exactly as Swift does it")
  func numbers() throws {
    #expect(try (a + 0.1).doubles() == [1 + 0.1, -2 + 0.1, 3 + 0.1])
    #expect(try (a - 0.1).doubles() == [1 - 0.1, -2 - 0.1, 3 - 0.1])
    #expect(try (a * 0.1).doubles() == [1 * 0.1, -2 * 0.1, 3 * 0.1])
    #expect(try (a / 49).doubles() == [1.0 / 49, -2.0 / 49, 3.0 / 49])
    #expect(try (-a).doubles() == [-1, 2, -3])
    #expect(try a.power(3).doubles() == [1, -8, 27])
    #expect(try a.clamped(min: 0.5).doubles() == [1, 0.5, 3])
    #expect(try a.isAtMost(1).scalarsOfBool() == [true, true, false])
    #expect(try a.isAtMost(1).nonzero().scalars(Int64.self) == [0, 1])
    let places = try Tensor([0.0, 2, 0, 0, 0, -1], shape: [2, 3]).nonzero()
    #expect(try places.scalars(Int64.self) == [0, 1, 1, 2])
    #expect(try Tensor([0.0]).nonzero().shape == [0, 1])
  }

  @Test("A change of sign keeps whole numbers whole")
  func wholeNumbers() throws {
    #expect(try (-Tensor([Int64(3), -4])).scalars(Int64.self) == [-3, 4])
  }

  @Test("Functions of one operand")
  func functions() throws {
    let x = try Tensor([0.25, 1, 4])
    #expect(agree(try x.exp().doubles(), [0.25, 1, 4].map(Foundation.exp)))
    #expect(agree(try x.log().doubles(), [0.25, 1, 4].map(Foundation.log)))
    #expect(agree(try x.squareRoot().doubles(), [0.5, 1, 2]))
    #expect(agree(try x.reciprocalSquareRoot().doubles(), [2, 1, 0.5]))
    #expect(agree(try x.sigmoid().doubles(), [0.25, 1, 4].map { 1 / (1 + Foundation.exp(-$0)) }))
    #expect(try Tensor([-1.0, 2, 7]).relu().doubles() == [0, 2, 7])
    #expect(try Tensor([-1.0, 2, 7]).relu6().doubles() == [0, 2, 6])
  }

  @Test("Shapes broadcast from the last dimension")
  func broadcasting() throws {
    let column = try Tensor([10.0, 20], shape: [2, 1])
    let sum = try column + a
    #expect(sum.shape == [2, 3])
    #expect(try sum.doubles() == [11, 8, 13, 21, 18, 23])
    #expect(try (a * Tensor([2.0], shape: [])).doubles() == [2, -4, 6])
  }

  @Test("A condition selects between two tensors")
  func selection() throws {
    #expect(try a.selected(where: a.isAtMost(0), otherwise: b).doubles() == [4, -2, -6])
  }

  @Test("One number that is not finite is found")
  func finiteness() throws {
    #expect(try a.isAllFinite())
    #expect(try !Tensor([1.0, .nan]).isAllFinite())
    #expect(try !Tensor([1.0, -.infinity]).isAllFinite())
  }

  @Test("Matrix products, single and batched")
  func matrices() throws {
    let m = try Tensor([1.0, 2, 3, 4], shape: [2, 2])
    let n = try Tensor([5.0, 6, 7, 8], shape: [2, 2])
    #expect(try m.matmul(n).doubles() == [19, 22, 43, 50])
    let batch = try Tensor.concatenated([m.unsqueezed(0), n.unsqueezed(0)]).matmul(n)
    #expect(batch.shape == [2, 2, 2])
    #expect(try batch.doubles() == [19, 22, 43, 50, 67, 78, 91, 106])
  }
}

extension Tensor {
  fileprivate func scalarsOfBool() throws -> [Bool] {
    #expect(dtype == .bool)
    return try converted(to: .uint8).scalars(UInt8.self).map { $0 == 1 }
  }
}
