import Testing
import Torch

@Suite struct LentMemoryTests {
  /// Four floats, and the news of their end.
  private final class Memory {
    let floats = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4)
    let onRelease: () -> Void

    init(onRelease: @escaping () -> Void = {}) {
      _ = floats.update(fromContentsOf: [1, 2, 3, 4])
      self.onRelease = onRelease
    }

    deinit {
      floats.deallocate()
      onRelease()
    }

    func tensor(_ shape: [Int]) throws -> Tensor {
      try Tensor(
        lending: UnsafeRawBufferPointer(floats), of: self, shape: shape, dtype: .float32)
    }
  }

  @Test func theTensorIsTheMemory() throws {
    let memory = Memory()
    let tensor = try memory.tensor([2, 2])
    #expect(tensor.device == .cpu)
    memory.floats[3] = 7
    #expect(try tensor.scalars(Float.self) == [1, 2, 3, 7])
    try tensor.multiplyInPlace(2)
    #expect(memory.floats[0] == 2)
  }

  @Test func theOwnerLivesAsLongAsTensorsUseIt() throws {
    var released = 0
    var tensor: Tensor? = try Memory { released += 1 }.tensor([4])
    var part: Tensor? = try tensor?.narrowed(0, 1..<3)
    tensor = nil
    #expect(released == 0)
    #expect(try part?.scalars(Float.self) == [2, 3])
    part = nil
    #expect(released == 1)
  }

  @Test func aGraphKeepsTheOwnerToo() throws {
    var released = 0
    let weight = try Tensor.ones([4])
    try weight.requireGradient()
    func loss() throws -> Tensor {
      try (weight * Memory { released += 1 }.tensor([4])).sum()
    }
    var result: Tensor? = try loss()
    #expect(released == 0)
    try result?.backward()
    let gradient = try #require(try weight.gradient())
    #expect(try gradient.scalars(Float.self) == [1, 2, 3, 4])
    result = nil
    #expect(released == 1)
  }

  @Test(arguments: [[5], [3], [-4], [2, 3]])
  func bytesThatDoNotFillTheShapeAreAnErrorAndGivenBack(shape: [Int]) {
    var released = 0
    #expect(throws: TorchError.self) { try Memory { released += 1 }.tensor(shape) }
    #expect(released == 1)
  }

  @Test func aCopyAheadToTheCPUIsTheTensorItself() throws {
    let memory = Memory()
    let tensor = try memory.tensor([4]).movedAhead(to: .cpu)
    memory.floats[0] = 9
    #expect(try tensor.scalars(Float.self) == [9, 2, 3, 4])
  }

  @Test(.withoutCUDA) func withoutCUDANoMemoryIsPinned() throws {
    #expect(throws: TorchError.self) { try Tensor.ones([2]).pinned() }
  }
}
