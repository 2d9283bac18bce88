import Imaging
import Testing

@Suite struct AugmentationOperationTests {
  @Test(arguments: AugmentationOperation.allCases)
  func equalsPillowByteForByte(_ operation: AugmentationOperation) throws {
    let cases = try Fixtures.load().operations.filter { $0.operation == operation.rawValue }
    #expect(cases.count >= 15)
    for expected in cases {
      let image = try Fixtures.image(expected.source)
      let result = operation.applied(to: image, level: expected.level)
      let difference = expected.fingerprint.difference(from: result)
      #expect(difference == nil, "\(expected.source) at level \(expected.level)")
    }
  }

  @Test(arguments: AugmentationOperation.allCases)
  func acceptsTheSmallestImagesAndAbsurdLevels(_ operation: AugmentationOperation) throws {
    for channels in [1, 3, 4] {
      for (width, height) in [(1, 1), (1, 5), (5, 1), (2, 2), (3, 3)] {
        let image = try Image(
          width: width, height: height, color: [UInt8](repeating: 77, count: channels))
        for level in [-1e300, -1000, 0, 0.5, 1000, 1e300, .infinity, .nan] {
          let result = operation.applied(to: image, level: level)
          #expect(result.pixels.count == image.pixels.count)
        }
      }
    }
  }
}
