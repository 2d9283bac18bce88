/// The operations that lead from one tensor to another, in the order in which they ran: what a network is, told by running it.
///
/// While a trace records, each operation that knows its own `TracedOperation` adds a step; tensors that do not depend on the
/// input are constants. A result of any other operation cannot become part of a graph, which is an error only if the output
/// depends on it.
public final class OperationTrace: @unchecked Sendable {
  /// What a step reads.
  public enum Operand {
    /// The value with this number: 0 is the input, others are the outputs of steps.
    case value(Int)
    /// A tensor that does not depend on the input.
    case constant(Tensor)
    /// Nothing, such as the bias of a convolution without one.
    case none
  }

  /// One operation.
  public struct Step {
    /// What it does.
    public let operation: TracedOperation
    /// What it reads, in the order that the operation says.
    public let operands: [Operand]
    /// The number of the value that it computes.
    public let output: Int
  }

  /// What is known of a tensor.
  private enum Origin {
    case value(Int)
    /// An operation without a `TracedOperation`, by its name.
    case untraceable(String)
  }

  // One thread alone records, the one that runs the network; so nothing here needs a lock.
  @TaskLocal private static var recording: OperationTrace?

  /// The steps, in order.
  public private(set) var steps: [Step] = []
  /// The number of the value that the traced function returned.
  public private(set) var output = 0

  private var origins: [ObjectIdentifier: Origin] = [:]
  /// Every tensor that `origins` names, so that no other one gets its identity.
  private var kept: [Tensor] = []
  /// The tensors that may share elements with another one: changing them in place would change both.
  private var sharing: Set<ObjectIdentifier> = []
  private var valueCount = 1
  private var isPaused = false

  private init() {}

  /// Whether a trace records in this thread.
  public static var isRecording: Bool { recording.map { !$0.isPaused } ?? false }

  /// The operations by which `body` computes its result from `input`.
  /// - Throws: `TraceError` where the result depends on an operation that cannot be traced, and what `body` throws.
  public static func of(_ input: Tensor, _ body: (Tensor) throws -> Tensor) throws -> OperationTrace
  {
    let trace = OperationTrace()
    trace.remember(input, .value(0))
    let result = try $recording.withValue(trace) { try body(input) }
    switch trace.origins[result.identity] {
    case .value(let number): trace.output = number
    case .untraceable(let name): throw TraceError.untraceable(operation: name)
    case nil: throw TraceError.independentOfInput
    }
    return trace
  }

  /// Records what `body` computes as one `operation` of `operands`, however it is computed.
  public static func recording(
    _ operation: TracedOperation, of operands: [Tensor?], body: () throws(TorchError) -> Tensor
  ) throws(TorchError) -> Tensor {
    guard let trace = recording, !trace.isPaused else { return try body() }
    trace.isPaused = true
    defer { trace.isPaused = false }
    let result = try body()
    trace.add(operation, "", operands, result)
    return result
  }

  /// Records one operation if a trace is recording; `operation` is nil for one that has no place in a graph.
  static func record(
    _ name: String, _ operation: TracedOperation?, _ operands: [Tensor?], result: Tensor,
    inPlace: Bool = false
  ) {
    guard let trace = recording, !trace.isPaused else { return }
    if inPlace, trace.sharing.contains(result.identity) {
      trace.addUntraceable("\(name) of a tensor that shares its elements", operands, result)
    } else if let operation {
      trace.add(operation, name, operands, result)
    } else {
      trace.addUntraceable(name, operands, result)
    }
  }

  private func add(
    _ operation: TracedOperation, _ name: String, _ operands: [Tensor?], _ result: Tensor
  ) {
    var dependsOnInput = false
    var read: [Operand] = []
    for tensor in operands {
      guard let tensor else {
        read.append(.none)
        continue
      }
      switch origins[tensor.identity] {
      case .value(let number):
        dependsOnInput = true
        read.append(.value(number))
      case .untraceable(let name):
        return remember(result, .untraceable(name))
      case nil:
        read.append(.constant(tensor))
      }
    }
    guard dependsOnInput else { return }
    if operation.mayShareElements, let first = operands.first, let first {
      sharing.formUnion([first.identity, result.identity])
    }
    if operation == .identity, case .value(let number)? = read.first {
      return remember(result, .value(number))
    }
    steps.append(Step(operation: operation, operands: read, output: valueCount))
    remember(result, .value(valueCount))
    valueCount += 1
  }

  private func addUntraceable(_ name: String, _ operands: [Tensor?], _ result: Tensor) {
    for tensor in operands {
      guard let tensor, let origin = origins[tensor.identity] else { continue }
      if case .untraceable = origin { return remember(result, origin) }
      return remember(result, .untraceable(name))
    }
  }

  private func remember(_ tensor: Tensor, _ origin: Origin) {
    origins[tensor.identity] = origin
    kept.append(tensor)
  }
}
