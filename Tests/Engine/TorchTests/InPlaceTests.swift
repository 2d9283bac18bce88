import Testing
import Torch

@Suite("Changes in place")
struct InPlaceTests {
  @Test("Every reference sees the change")
  func changes() throws {
    let tensor = try Tensor([1.0, -2])
    let same = tensor
    try tensor.multiplyInPlace(3)
    #expect(try same.doubles() == [3, -6])
    try tensor.addInPlace(Tensor([10.0, 20]), times: 0.5)
    #expect(try same.doubles() == [8, 4])
    try tensor.addInPlace(Tensor([1.0, 1]))
    #expect(try same.doubles() == [9, 5])
    try tensor.interpolateInPlace(towards: Tensor([13.0, 1]), weight: 0.25)
    #expect(try same.doubles() == [10, 4])
    try tensor.addProductInPlace(Tensor([2.0, 3]), Tensor([5.0, 1]), times: -2)
    #expect(try same.doubles() == [-10, -2])
    try tensor.copyInPlace(Tensor([1, 2] as [Float]))
    #expect(try same.doubles() == [1, 2])
    #expect(same.dtype == .float64)
    try tensor.fillInPlace(-1)
    #expect(try same.doubles() == [-1, -1])
  }

  @Test("ReLU over the elements themselves")
  func activations() throws {
    let tensor = try Tensor([-1.0, 7])
    #expect(try tensor.reluInPlace().doubles() == [0, 7])
    #expect(try tensor.doubles() == [0, 7])
  }

  @Test("Another storage changes the type and keeps identity and gradient recording")
  func storage() throws {
    let tensor = try Tensor.zeros([2])
    try tensor.requireGradient()
    let same = tensor
    try tensor.replaceStorage(Tensor([1.0, 2]))
    #expect(same.dtype == .float64)
    #expect(same.requiresGradient)
    try (same * same).sum().backward()
    #expect(try tensor.gradient()?.doubles() == [2, 4])
  }

  @Test("A leaf that records gradients is not changed outside of withoutGradients")
  func recordedLeaf() throws {
    let leaf = try Tensor.leaf([1, 2])
    #expect(throws: TorchError.self) { try leaf.fillInPlace(0) }
    try withoutGradients { try leaf.fillInPlace(0) }
    #expect(try leaf.doubles() == [0, 0])
  }

  @Test("A source that does not fit leaves the target as it was")
  func misfit() throws {
    let tensor = try Tensor([1.0, 2])
    let error = #expect(throws: TorchError.self) { try tensor.copyInPlace(Tensor([1.0, 2, 3])) }
    #expect(error?.operands == ["float64[2]", "float64[3]"])
    #expect(try tensor.doubles() == [1, 2])
  }
}
