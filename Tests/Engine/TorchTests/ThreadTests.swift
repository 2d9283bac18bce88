import Testing
import Torch

@Suite("Tensors in several threads")
struct ThreadTests {
  @Test("A tensor of one thread is read, differentiated and released in another")
  func passing() throws {
    let made = try InThread.run { try Tensor.leaf([1, 2, 3]) }
    let gradient = try InThread.run {
      try (made * made).sum().backward()
      return try made.gradient()
    }
    #expect(try gradient?.doubles() == [2, 4, 6])
  }

  @Test("Many tasks read one tensor at once")
  func sharing() async throws {
    let shared = try Tensor.range(1000, dtype: .float64)
    let sums = try await withThrowingTaskGroup(of: Double.self) { group in
      for factor in 1...16 {
        group.addTask { try (shared * Double(factor)).sum().item() }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sums.sorted() == (1...16).map { Double($0) * 499_500 })
  }

  @Test("Each thread gets the message of its own error")
  func messages() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for columns in 2...17 {
        group.addTask {
          let a = try Tensor.zeros([1, columns])
          for _ in 1...50 {
            let error = #expect(throws: TorchError.self) { try a.matmul(a) }
            #expect(error?.message.hasSuffix("(1x\(columns) and 1x\(columns))") == true)
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
