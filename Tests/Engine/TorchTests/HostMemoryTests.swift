import Testing
import Torch

/// Memory that is kept for the next tensors, on boundaries made by hand.
@Suite struct HostMemoryTests {
  init() {
    Libtorch.keepFreedMemory()
  }

  @Test func tensorsOfAnySizeAreTheirOwn() throws {
    let sizes = [0, 1, 2, 3, 63, 64, 65, 1000, 4097, 1 << 20]
    for round in 0..<3 {
      let tensors = try sizes.map { try Tensor.full([$0], Double($0 + round), dtype: .int64) }
      for (size, tensor) in zip(sizes, tensors) {
        let expected = [Int64](repeating: Int64(size + round), count: size)
        #expect(try tensor.scalars(Int64.self) == expected)
      }
    }
  }

  @Test func moreThanThereIsIsAnError() {
    for size in [1 << 46, 1 << 58] {
      let error = #expect(throws: TorchError.self) { _ = try Tensor.zeros([size]) }
      #expect(error?.message.contains("out of memory") == true, "\(String(describing: error))")
    }
  }
}
