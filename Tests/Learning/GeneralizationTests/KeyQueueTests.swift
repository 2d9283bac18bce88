import Generalization
import ReferenceSupport
import Testing
import Torch

@Suite struct KeyQueueTests {
  private let start: KeyQueue

  init() throws {
    start = try KeyQueue(keys: .zeros([1, 5]), position: 3)
  }

  @Test func keysWrapAtTheEnd() throws {
    var queue = start
    try queue.enqueue(Tensor([1, 2, 3] as [Float], shape: [3, 1]))
    #expect(try queue.keys.scalars(Float.self) == [3, 0, 0, 1, 2])
    #expect(queue.position == 1)
  }

  @Test func moreKeysThanRoomLeaveTheNewest() throws {
    var queue = start
    try queue.enqueue(Tensor([1, 2, 3, 4, 5, 6, 7] as [Float], shape: [7, 1]))
    #expect(try queue.keys.scalars(Float.self) == [3, 4, 5, 6, 7])
    #expect(queue.position == 0)
  }

  /// In place: copying every key in each step would cost more than the keys of the step.
  @Test func theKeysAreWrittenWhereTheyAre() throws {
    let keys = start.keys
    var queue = start
    try queue.enqueue(Tensor([1] as [Float], shape: [1, 1]))
    #expect(try keys.scalars(Float.self) == [0, 0, 0, 1, 0])
    #expect(start.position == 3)
  }

  @Test func keysOfAnotherDimensionAreAnError() throws {
    var queue = start
    #expect(throws: TorchError.self) { try queue.enqueue(.ones([2, 3])) }
    #expect(queue.position == 3)
  }

  @Test func startIsRandomUnitColumns() throws {
    let queue = try KeyQueue(dimension: 16, capacity: 50, generator: Generator(seed: 1))
    try expectClose(queue.keys.norm([0]), Tensor.ones([50]), within: 1e-6)
    let again = try KeyQueue(dimension: 16, capacity: 50, generator: Generator(seed: 1))
    #expect(try queue.keys.scalars(Float.self) == again.keys.scalars(Float.self))
    #expect(queue.position == 0)
    #expect(queue.capacity == 50)
  }

  @Test func positionOutsideIsAnError() throws {
    #expect(throws: TorchError.self) { try KeyQueue(keys: .zeros([1, 5]), position: 5) }
    #expect(throws: TorchError.self) { try KeyQueue(keys: .zeros([1, 5]), position: -1) }
  }
}
