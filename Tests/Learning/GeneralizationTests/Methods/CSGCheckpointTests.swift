import Backbones
import Generalization
import ReferenceSupport
import Testing
import Torch
import TorchNN

/// What CSG continues from.
@Suite struct CSGCheckpointTests {
  private func method(seed: UInt64) throws -> CSG {
    try CSG(
      .init(stages: [.layer4], queueCapacity: 6, dimension: 4),
      teacher: ResNet(.resnet18, width: 4, imageNetClasses: 10),
      generator: Generator(seed: seed), device: .cpu)
  }

  @Test func theQueueIsTheSavedOne() throws {
    let saved = try method(seed: 1)
    var state = try saved.stateDict()
    state["queue_ptr4"] = try Tensor([Int64(5)])
    state["queue4"] = try state["queue4"]?.converted(to: .float64)
    let resumed = try method(seed: 2)
    try resumed.load(state)
    let found = try resumed.stateDict()
    let (queue, other) = (try #require(found["queue4"]), try #require(state["queue4"]))
    #expect(queue.dtype == .float32)
    try expectClose(queue, other, within: 0)
    #expect(try found["queue_ptr4"]?.item() == 5)
  }

  @Test(arguments: [[4, 8], [8, 6], [4, 0], [24]])
  func aQueueOfAnotherShapeIsRefused(shape: [Int]) throws {
    let method = try method(seed: 1)
    let before: [Float] = try #require(method.stateDict()["queue4"]).scalars()
    var state = try self.method(seed: 2).stateDict()
    state["queue4"] = try Tensor.zeros(shape)
    let error = #expect(throws: StateDictMismatch.self) { try method.load(state) }
    let misshaped = try #require(error).misshaped
    #expect(misshaped.map(\.key) == ["queue4"])
    #expect(misshaped.map(\.found) == [shape])
    #expect(try #require(method.stateDict()["queue4"]).scalars(Float.self) == before)
  }

  @Test(arguments: [-1, 6, 0.5])
  func aPositionThatIsNoColumnIsRefused(position: Double) throws {
    var state = try method(seed: 1).stateDict()
    state["queue_ptr4"] = try Tensor([position])
    #expect(throws: TorchError.self) { try method(seed: 2).load(state) }
  }
}
