import ProcessSupport
import Testing

import Torch

/// Operations of several processes, and what each says where another is lost.
@Suite struct ProcessGroupTests {
  @Test(arguments: [2, 3])
  func operationsHaveTheSameResultInAll(size: Int) throws {
    let sum = (0..<size).reduce(0, +)
    _ = try Ranks.run(size) { group in
      #expect(group.size == size)
      let own = try Tensor([Double(group.rank), 1])
      #expect(try group.allGather(own).shape == [size, 2])
      try group.allReduce(own)
      #expect(try own.doubles() == [Double(sum), Double(size)])
      let spread = try Tensor([Float(group.rank), 7])
      try group.broadcast(spread, from: 1)
      #expect(try spread.doubles() == [1, 7])
      #expect(try group.sums([group.rank, .max >> 8]) == [sum, size * (.max >> 8)])
      #expect(try group.gather("von \(group.rank)") == (0..<size).map { "von \($0)" })
      #expect(try group.gather("") == [String](repeating: "", count: size))
      try group.barrier()
    }
  }

  @Test func rowsAreInTheOrderOfRanks() throws {
    _ = try Ranks.run(3) { group in
      // None of rank 0, one of rank 1, two of rank 2.
      let own = try Tensor(
        (0..<group.rank * 2).map { Float(10 * group.rank + $0) }, shape: [group.rank, 2])
      let all = try group.allGatherRows(own)
      #expect(all.shape == [3, 2])
      #expect(try all.doubles() == [10, 11, 20, 21, 22, 23])
    }
  }

  @Test(arguments: [1, 3, 7, 8])
  func rowsThatWereDealtInTurnAreInOrder(count: Int) throws {
    _ = try Ranks.run(3) { group in
      let numbers = stride(from: group.rank, to: count, by: 3).map(Double.init)
      let own = try Tensor(numbers + numbers, shape: [2, numbers.count]).transposed()
      let all = try group.allGatherDealtRows(own)
      #expect(all.shape == [count, 2])
      #expect(try all.doubles() == (0..<count).flatMap { [Double($0), Double($0)] })
    }
  }

  /// loss = Σ_r w_r · (Σ_q x_q)², so that ∂loss/∂x_q = 2 · Σ x · Σ w.
  @Test func gradientsOfASumFlowBetweenProcesses() throws {
    _ = try Ranks.run(3) { group in
      let own = try Tensor.leaf([Double(group.rank + 1)])
      let sum = try own.summed(over: group)
      #expect(try sum.doubles() == [6])
      try (sum.power(2) * Double(group.rank + 1)).sum().backward()
      #expect(try #require(try own.gradient()).doubles() == [2 * 6 * 6])
    }
  }

  @Test func theReducerGivesTheMeanOfGradients() throws {
    _ = try Ranks.run(2) { group in
      let (first, second) = (try Tensor.leaf([1, 2]), try Tensor.leaf([3]))
      let unused = try Tensor.leaf([4])
      let reducer = try GradientReducer(of: [first, second, unused], over: group)
      for step in 1...3 {
        for parameter in [first, second, unused] { try parameter.clearGradient() }
        let factor = Double(step * (group.rank + 1))
        // The second parameter gets its gradient in two backward passes, one within the other.
        let again = try recomputed([first]) { (inputs) throws(TorchError) in
          try inputs[0] * second
        }
        try reducer.backward((again + first * second).sum() * factor)
        let mean = Double(step) * 1.5
        #expect(try #require(try first.gradient()).doubles() == [6 * mean, 6 * mean])
        #expect(try #require(try second.gradient()).doubles() == [6 * mean])
        #expect(try unused.gradient() == nil)
      }
    }
  }

  // MARK: What goes wrong

  @Test func whoDoesNotComeIsNamed() throws {
    let store = try ProcessStore()
    // Long enough to reach the store on a busy machine.
    let limits = ProcessGroup.Limits(joining: .seconds(4))
    let outcomes = Ranks.inThreads(2) { rank in
      _ = try ProcessGroup(store.place(of: rank, among: 4), limits: limits) { _ in }
    }
    for (rank, outcome) in outcomes.enumerated() {
      let error = #expect(throws: ProcessGroupError.self) { try outcome.get() }
      #expect(error?.rank == rank)
      guard case .missing(let ranks, 4) = error?.problem else {
        Issue.record("rank \(rank): \(error as Any)")
        continue
      }
      #expect(ranks.contains(2))
      #expect(ranks.contains(3))
    }
  }

  @Test func twoOfARankAreToldApart() throws {
    let store = try ProcessStore()
    let limits = ProcessGroup.Limits(joining: .seconds(4))
    var second = store.place(of: 0, among: 2)
    second.size = 3
    let places = [store.place(of: 0, among: 2), second]
    let outcomes = Ranks.inThreads(2) { number in
      _ = try ProcessGroup(places[number], limits: limits) { _ in }
    }
    let problems = outcomes.compactMap { outcome -> ProcessGroupError.Problem? in
      guard case .failure(let error as ProcessGroupError) = outcome else { return nil }
      return error.problem
    }
    #expect(problems.count == 2)
    #expect(problems.contains { if case .otherSize = $0 { true } else { false } })
  }

  @Test func devicesOfTwoKindsAreToldApart() throws {
    let store = try ProcessStore()
    let limits = ProcessGroup.Limits(joining: .seconds(4))
    let outcomes = Ranks.inThreads(2) { rank in
      _ = try ProcessGroup(
        store.place(of: rank, among: 2), on: rank == 0 ? .cpu : .cuda(0), limits: limits
      ) { _ in }
    }
    let problems = outcomes.compactMap { outcome -> ProcessGroupError.Problem? in
      guard case .failure(let error as ProcessGroupError) = outcome else { return nil }
      return error.problem
    }
    #expect(problems.count == 2)
    #expect(problems.contains { if case .otherDevice = $0 { true } else { false } })
  }

  @Test func aStoreThatIsNotThereIsNamed() throws {
    let place = ProcessPlace(rank: 1, size: 2, port: 9)
    let error = #expect(throws: ProcessGroupError.self) {
      try ProcessGroup(place, limits: .init(joining: .seconds(1))) { _ in }
    }
    guard case .unreachable("127.0.0.1:9", _) = error?.problem else {
      Issue.record("\(error as Any)")
      return
    }
  }

  private struct Mishap: Error, CustomStringConvertible {
    let description = "no image could be read"
  }

  @Test func whoFailsIsNamedWithTheReason() throws {
    let limits = ProcessGroup.Limits(joining: .seconds(60), silence: .seconds(2))
    let outcomes = try Ranks.outcomes(3, limits: limits) { group in
      if group.rank == 1 { throw Mishap() }
      try group.barrier()
    }
    #expect(throws: Mishap.self) { try outcomes[1].get() }
    for rank in [0, 2] {
      let error = #expect(throws: ProcessGroupError.self) { try outcomes[rank].get() }
      #expect(error?.culprit == 1, "\(error as Any)")
      #expect(error?.description.contains("failed: no image could be read") == true)
    }
  }
}
