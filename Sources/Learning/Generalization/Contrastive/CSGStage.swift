import Backbones
import Torch
import TorchNN

/// What CSG keeps for one stage: the projection heads of query and key, and the queue.
final class CSGStage {
  let stage: Stage
  /// h, trained with the student.
  let queryHead: ProjectionHead
  /// h̃, the moving average of h.
  let keyHead: ProjectionHead
  var queue: KeyQueue
  /// Starts with a random h, h̃ = h, and a queue of random directions.
  init(
    _ stage: Stage, channels: Int, configuration: CSGConfiguration, generator: Generator
  ) throws {
    self.stage = stage
    queryHead = try ProjectionHead(channels, dimension: configuration.dimension)
    keyHead = try ProjectionHead(channels, dimension: configuration.dimension)
    try queryHead.initialize(using: generator)
    try keyHead.load(queryHead.stateDict())
    if !configuration.trainsProjectionHeads { try queryHead.freeze() }
    try keyHead.freeze()
    queue = try KeyQueue(
      dimension: configuration.dimension, capacity: configuration.queueCapacity,
      generator: generator)
  }

  func move(to device: Device) throws {
    try queryHead.move(to: device)
    try keyHead.move(to: device)
    queue = try queue.moved(to: device)
  }

  /// The state under the names of the released checkpoints (Algorithm.md §9).
  func stateDict() throws -> StateDict {
    var state = queryHead.stateDict().prefixed("encoder_q.\(headKey)")
    state.merge(keyHead.stateDict().prefixed("encoder_k.\(headKey)")) { $1 }
    state["queue\(stage.rawValue)"] = queue.keys
    state["queue_ptr\(stage.rawValue)"] = try Tensor([Int64(queue.position)])
    return state
  }

  func load(_ state: StateDict) throws {
    try queryHead.load(state.below("encoder_q.\(headKey)"))
    try keyHead.load(state.below("encoder_k.\(headKey)"))
    guard let keys = state["queue\(stage.rawValue)"],
      let position = try state["queue_ptr\(stage.rawValue)"]?.item(),
      let column = Int(exactly: position)
    else {
      throw TorchError(
        operation: "loading CSG",
        message:
          "the checkpoint has no queue\(stage.rawValue), or no column of it in queue_ptr\(stage.rawValue)"
      )
    }
    queue = try KeyQueue(
      keys: keys.clone().moved(to: queue.keys.device), position: column)
  }

  var trainedTensors: [NamedTensor] {
    queryHead.namedParameters().map { $0.prefixed(headKey) }
  }

  private var headKey: String { "fc_csg.stage\(stage.rawValue)." }
}
