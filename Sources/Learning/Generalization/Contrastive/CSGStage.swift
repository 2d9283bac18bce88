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
    state[savedKeys.name] = savedKeys.tensor
    state[positionKey] = try Tensor([Int64(queue.position)])
    return state
  }

  /// Continues with the saved heads and queue.
  /// - Throws: `StateDictMismatch` where the checkpoint lacks them, or has a queue of another length or dimension.
  func load(_ state: StateDict) throws {
    try queryHead.load(state.below("encoder_q.\(headKey)"))
    try keyHead.load(state.below("encoder_k.\(headKey)"))
    guard let position = try state[positionKey]?.item(), let column = Int(exactly: position) else {
      throw TorchError(
        operation: "loading CSG",
        message: "the checkpoint has no column of the queue in \(positionKey)")
    }
    let continued = try KeyQueue(keys: queue.keys, position: column)
    try [savedKeys].load(state, allowsUnexpected: true)
    queue = continued
  }

  var trainedTensors: [NamedTensor] {
    queryHead.namedParameters().map { $0.prefixed(headKey) }
  }

  private var savedKeys: NamedTensor {
    NamedTensor(name: "queue\(stage.rawValue)", tensor: queue.keys, isParameter: false)
  }

  private var positionKey: String { "queue_ptr\(stage.rawValue)" }

  private var headKey: String { "fc_csg.stage\(stage.rawValue)." }
}
