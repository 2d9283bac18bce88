import Generalization
import ProcessSupport
import Testing
import Torch

/// Figures over pairs of features, which processes share out.
@Suite struct SharedEnergyTests {
  /// Of 23 features in blocks of 5 there are 15 pairs of blocks, in blocks of 11 one of three with a single feature, which has
  /// no pair of its own.
  @Test(arguments: [(5, DType.float32), (11, .float32), (5, .float64), (64, .float32)])
  func everyProcessHasTheFiguresOfOne(blockSize: Int, type: DType) throws {
    let features = try Tensor.normal([23, 6], generator: Generator(seed: 2)).converted(to: type)
    let energy = try HypersphericalEnergy(of: features, blockSize: blockSize)
    let uniformity = try FeatureDiversity.uniformity(of: features, blockSize: blockSize)
    // Another set, which has pairs with the first and among its own.
    let others = try Tensor.normal([14, 6], generator: Generator(seed: 3)).converted(to: type) + 1
    @Sendable func gaps(_ group: ProcessGroup?) throws -> [Double] {
      [
        try DomainGap.squaredMeanDiscrepancy(
          features, others, isUnit: true, sharedBy: group, blockSize: blockSize),
        try DomainGap.frechetDistance(
          features, others, isUnit: true, sharedBy: group, blockSize: blockSize),
      ]
    }
    let distances = try gaps(nil)
    for size in [2, 4] {
      let found = try Ranks.run(size) { group in
        (
          try HypersphericalEnergy(of: features, sharedBy: group, blockSize: blockSize),
          try FeatureDiversity.uniformity(of: features, sharedBy: group, blockSize: blockSize),
          try gaps(group)
        )
      }
      for (shared, sharedUniformity, sharedDistances) in found {
        // To the last digit: the same sums in the same order.
        #expect(shared == energy)
        #expect(sharedUniformity == uniformity)
        #expect(sharedDistances == distances)
      }
    }
  }
}
