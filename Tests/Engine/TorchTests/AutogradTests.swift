import Foundation
import Testing
import Torch

@Suite("Gradients")
struct AutogradTests {
  @Test("The gradient of a function is its derivative")
  func derivatives() throws {
    let values = [0.5, 1.5, 2]
    let x = try Tensor.leaf(values)
    try (x.power(3) + x.log() * x.sigmoid()).sum().backward()
    let expected = values.map { value -> Double in
      let sigmoid = 1 / (1 + Foundation.exp(-value))
      return 3 * value * value + sigmoid / value
        + Foundation.log(value) * sigmoid * (1 - sigmoid)
    }
    #expect(agree(try #require(try x.gradient()).doubles(), expected))
  }

  @Test("The gradients of a matrix product")
  func matrixProduct() throws {
    let a = try Tensor.leaf([1, 2, 3, 4], shape: [2, 2])
    let b = try Tensor.leaf([5, 6, 7, 8], shape: [2, 2])
    try a.matmul(b).sum().backward()
    #expect(try a.gradient()?.doubles() == [11, 15, 11, 15])
    #expect(try b.gradient()?.doubles() == [4, 4, 6, 6])
  }

  @Test("Gradients add up until they are cleared")
  func accumulation() throws {
    let x = try Tensor.leaf([3])
    #expect(try x.gradient() == nil)
    try (x * x).sum().backward()
    try (x * x).sum().backward()
    #expect(try x.gradient()?.doubles() == [12])
    try x.clearGradient()
    #expect(try x.gradient() == nil)
    try (x * x).sum().backward()
    #expect(try x.gradient()?.doubles() == [6])
  }

  @Test("A detached tensor passes no gradient on")
  func detachment() throws {
    let x = try Tensor.leaf([3])
    #expect(try !(x * x).detached().requiresGradient)
    try (x * x.detached()).sum().backward()
    #expect(try x.gradient()?.doubles() == [3])
  }

  @Test("What cannot be differentiated is refused")
  func refusals() throws {
    let x = try Tensor.leaf([1, 2])
    #expect(throws: TorchError.self) { try (x * x).backward() }
    #expect(throws: TorchError.self) { try Tensor([1.0]).backward() }
    #expect(throws: TorchError.self) { try Tensor([Int64(1)]).requireGradient() }
    let loss = try (x * x).sum()
    try loss.backward()
    #expect(throws: TorchError.self) { try loss.backward() }
  }

  @Test("Recording is off inside, through nested scopes, and on again after them")
  func nestedScopes() throws {
    let x = try Tensor.leaf([1])
    let recorded = try withoutGradients { () throws(TorchError) in
      let inner = try withoutGradients { () throws(TorchError) in try x * x }
      return [inner, try x * x].map(\.requiresGradient)
    }
    #expect(recorded == [false, false])
    #expect(try (x * x).requiresGradient)
    try x.requireGradient(false)
    #expect(try !(x * x).requiresGradient)
  }

  @Test("Recording is on again after an error left the scope")
  func thrownOut() throws {
    struct Stop: Error {}
    let x = try Tensor.leaf([1])
    #expect(throws: Stop.self) { try withoutGradients { throw Stop() } }
    #expect(try (x * x).requiresGradient)
  }

  @Test("Another thread records while this one does not")
  func otherThread() throws {
    let x = try Tensor.leaf([1])
    let recorded = try withoutGradients { () throws in
      [try InThread.run { try x * x }, try x * x].map(\.requiresGradient)
    }
    #expect(recorded == [true, false])
  }
}
