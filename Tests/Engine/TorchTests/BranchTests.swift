import Testing
import Torch

/// Work beside other work gives what it gives in its turn.
@Suite struct BranchTests {
  @Test func whereNothingIsRecordedABranchIsDoneInItsTurn() throws {
    var order: [String] = []
    let branch = try Branch(on: .cpu) {
      order.append("branch")
      return try Tensor.ones([2]).sum()
    }
    order.append("rest")
    #expect(try branch.joined().item() == 2)
    #expect(order == ["branch", "rest"])
  }

  @Test func whatTheWorkThrowsPasses() throws {
    struct Stop: Error {}
    #expect(throws: Stop.self) { try Branch(on: .cpu) { throw Stop() } }
    #expect(try Tensor.ones([2]).sum().item() == 2)
  }

  /// One branch in another, with results that are used and memory that is freed in both.
  @Test(.enabled(if: (try? Device(named: "cuda")) != nil, "no CUDA device answers here"))
  func branchesOfARecordingGiveTheSame() throws {
    let device = try Device(named: "cuda")
    let x = try Tensor.normal([512, 512], generator: Generator(seed: 1)).moved(to: device)
    func work() throws -> Tensor {
      let outer = try Branch(on: device) {
        let inner = try Branch(on: device) { try (x * 0.01).matmul(x).exp() }
        let beside = try (x + 1).matmul(x).sum([0])
        return try inner.joined().sum([1]) + beside
      }
      let rest = try (x * 2).matmul(x.transposed())
      return try outer.joined() + rest
    }
    let expected: [Float] = try work().scalars()
    let graph = try CUDAGraph(on: device) { [try work()] }
    for _ in 0..<3 {
      try graph.results[0].fillInPlace(.nan)
      try graph.replay()
      let found: [Float] = try graph.results[0].scalars()
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-4 * max(abs($1), 1) })
    }
  }
}
