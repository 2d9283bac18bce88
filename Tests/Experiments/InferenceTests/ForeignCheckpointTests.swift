import Inference
import Runs
import Testing
import Torch

/// Judging a checkpoint that says nothing of its network.
@Suite struct ForeignCheckpointTests {
  @Test func recipeNamesTheBackboneAndTheDataTheClasses() throws {
    let released = try ReleasedClassifier(
      classes: ["apple", "bus", "car"], metadata: ["epoch": "30"], red: { UInt8(90 * $0) },
      change: { state in
        // The head's last bias alone decides: everything is the second class.
        state["encoder_q.fc_new.2.bias"] = try Tensor([0, 1, 0] as [Float])
        state["encoder_q.fc.weight"] = try .zeros([128, 512])
        state["encoder_q.fc.bias"] = try .zeros([128])
      })
    defer { released.remove() }
    let record = try #require(released.trained().evaluate(at: [released.data]).first)
    #expect(record.classAccuracies == ["apple": 0, "bus": 1, "car": 0])
    #expect(record.domain == .real)
    #expect(throws: TrainingError.self) {
      try TrainedNetwork(checkpoint: released.checkpoint, device: .cpu)
    }
  }
}
