import Testing
import Torch

/// A network is told as operations by running it.
@Suite struct OperationTraceTests {
  private let x: Tensor

  init() throws {
    x = try Tensor([1, -2, 3, -4] as [Float], shape: [1, 1, 2, 2])
  }

  @Test func stepsFollowTheComputationAndConstantsAreKept() throws {
    let weight = try Tensor.full([2, 1, 1, 1], 2)
    let trace = try OperationTrace.of(x) { x in
      let maps = try x.channelsLast().convolved(
        weight: weight, bias: .ones([2]), activation: .relu6)
      // Of constants alone: no step.
      let factor = try weight.sum() * 0.5
      return try maps.addReluInPlace(maps.relu() * factor).mean([2, 3])
    }
    #expect(
      trace.steps.map(\.operation) == [
        .convolution(
          stride: 1, padding: .symmetric(0), dilation: 1, groups: 1, activation: .relu6),
        .relu, .product, .rectifiedSum, .mean(dimensions: [2, 3], keeping: false),
      ])
    #expect(trace.steps.map(\.output) == [1, 2, 3, 4, 5] && trace.output == 5)
    guard case .value(0) = trace.steps[0].operands[0],
      case .constant(let kept) = trace.steps[0].operands[1],
      case .none = trace.steps[0].operands[2],
      case .value(1) = trace.steps[3].operands[0], case .value(3) = trace.steps[3].operands[1],
      case .value(4) = trace.steps[4].operands[0]
    else {
      Issue.record("the operands are not those of the computation: \(trace.steps)")
      return
    }
    #expect(try kept.scalars(Float.self) == [2, 2])
  }

  @Test func anOperationWithoutACounterpartIsNamedOnlyIfItMatters() throws {
    let error = #expect(throws: TraceError.self) {
      try OperationTrace.of(x) { try $0.relu().power(3).relu() }
    }
    #expect(error == .untraceable(operation: "power"))
    #expect("\(try #require(error))".contains("'power'"))
    let trace = try OperationTrace.of(x) { x in
      _ = try x.power(3)
      return try x.relu()
    }
    #expect(trace.steps.count == 1)
    #expect(throws: TraceError.independentOfInput) {
      try OperationTrace.of(x) { _ in try .ones([1]) }
    }
  }

  /// The graph would lack what such a change does to the other tensor.
  @Test func aChangeOfSharedElementsIsRefused() throws {
    let error = #expect(throws: TraceError.self) {
      try OperationTrace.of(x) { x in
        let part = try x.relu().narrowed(2, 0..<1)
        return try part.addReluInPlace(part)
      }
    }
    #expect("\(try #require(error))".contains("shares its elements"))
  }

  @Test func severalOperationsAreRecordedAsOne() throws {
    let trace = try OperationTrace.of(x) { x in
      let row = try x.relu()
      return try OperationTrace.recording(.repetition, of: [row, x]) { () throws(TorchError) in
        try row.power(2)
      }
    }
    #expect(trace.steps.map(\.operation) == [.relu, .repetition])
    #expect(!OperationTrace.isRecording)
  }
}
