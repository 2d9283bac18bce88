import Generalization
import ReferenceSupport
import Testing
import Torch

/// The cut of maps into cells, against `torch.chunk` in PyTorch.
@Suite struct FeatureGridTests {
  @Test(arguments: [(8, 8, 2), (7, 5, 3), (7, 5, 4), (6, 9, 3), (3, 2, 8)])
  func cellsAreInOrderWithTheirGradients(height: Int, width: Int, count: Int) throws {
    let fixture = try Fixture("segmentation/grid")
    let name = "\(height)x\(width)-\(count)"
    for pooling in Pooling.allCases {
      let v = try map("\(name).v", height, width)
      let w = try map("\(name).w", height, width)
      let pooled = try FeatureGrid(count).pooled(v, attentionFrom: w, by: pooling)
      let key = "\(name).\(pooling.rawValue)"
      try fixture.expect(key, pooled, within: 1e-12)
      let upstream = try Tensor.range(pooled.count, dtype: .float64).reshaped(pooled.shape)
      try (pooled * upstream / Double(pooled.count)).sum().backward()
      try fixture.expect("\(key).gradient_v", try #require(try v.gradient()), within: 1e-12)
      if pooling == .attention {
        // If a cell is a single place, its attention is 1 for any map.
        try fixture.expectAbsolute(
          "\(key).gradient_w", try #require(try w.gradient()), within: 1e-12)
      }
    }
  }

  @Test func oneCellIsTheWholeMap() throws {
    let v = try map("v", 5, 4)
    try expectClose(
      FeatureGrid(1).pooled(v, attentionFrom: v, by: .attention),
      Pooling.attention(v, attentionFrom: v), within: 0)
  }

  private func map(_ name: String, _ height: Int, _ width: Int) throws -> Tensor {
    let map = try Filling.uniform(name, [2, 3, height, width], 0, 1).converted(to: .float64)
    try map.requireGradient()
    return map
  }
}
