import Imaging
import Testing

@Suite struct RandAugmentTests {
  @Test func isDeterminedByTheGenerator() throws {
    let image = try Fixtures.image("coffee")
    let augment = try RandAugment(operations: 2, magnitude: 15)
    var first = SplitMix64(state: 7)
    var second = SplitMix64(state: 7)
    var other = SplitMix64(state: 8)
    let results = (0..<20).map { _ in augment(image, using: &first) }
    #expect(results == (0..<20).map { _ in augment(image, using: &second) })
    #expect(results != (0..<20).map { _ in augment(image, using: &other) })
  }

  /// The draws are a contract: a seed of a past run must give the same pictures for ever.
  @Test func drawsStayTheSameAcrossVersions() throws {
    let augment = try RandAugment(operations: 1, magnitude: 30)
    var generator = SplitMix64(state: 1)
    let drawn = (0..<6).map { _ in
      augment.draw(using: &generator).map { "\($0.operation) \($0.level)" } ?? "nothing"
    }
    #expect(
      drawn == [
        "contrast -0.9", "translateY 100.0", "color -0.9", "translateX -100.0", "rotate -30.0",
        "solarize 256.0",
      ])
  }

  @Test func drawsEveryOperationAndSignEquallyOften() throws {
    let augment = try RandAugment(operations: 1, magnitude: 12)
    var generator = SplitMix64(state: 3)
    var counts = [String: Int]()
    let draws = 140_000
    for _ in 0..<draws {
      let drawn = augment.draw(using: &generator)
      let name = drawn.map { "\($0.operation)\($0.level < 0 ? "-" : "")" } ?? "nothing"
      counts[name, default: 0] += 1
    }
    for operation in AugmentationOperation.allCases {
      // Out of 10 000 each; five standard deviations are 482 at most.
      let share = operation.isProbabilistic ? 0.4 : operation.isSigned ? 0.5 : 1
      let count = counts["\(operation)", default: 0]
      #expect(abs(Double(count) - 10_000 * share) < 482, "\(operation)")
      if operation.isSigned {
        #expect(abs(Double(counts["\(operation)-", default: 0]) - 5000) < 482, "-\(operation)")
      }
    }
    #expect(abs(counts["nothing", default: 0] - 12_000) < 600)
  }

  @Test func levelsGrowLinearlyWithTheMagnitude() throws {
    let augment = try RandAugment(operations: 1, magnitude: 6)
    #expect(abs(augment.level(of: .rotate) - 6) < 1e-12)
    #expect(abs(augment.level(of: .posterize) - 1.4) < 1e-12)
    #expect(abs(augment.level(of: .solarize) - 51.2) < 1e-12)
    #expect(abs(augment.level(of: .color) - 0.18) < 1e-12)
    #expect(abs(augment.level(of: .shearX) - 0.06) < 1e-12)
    #expect(abs(augment.level(of: .translateY) - 20) < 1e-12)
  }

  @Test func appliesAsManyOperationsAsAsked() throws {
    let image = try Fixtures.image("chelsea")
    var generator = SplitMix64(state: 5)
    #expect(try RandAugment(operations: 0, magnitude: 30)(image, using: &generator) == image)

    var replay = SplitMix64(state: 9)
    var expected = image
    let augment = try RandAugment(operations: 3, magnitude: 20)
    for _ in 0..<3 {
      if let (operation, level) = augment.draw(using: &replay) {
        expected = operation.applied(to: expected, level: level)
      }
    }
    generator = SplitMix64(state: 9)
    #expect(augment(image, using: &generator) == expected)
  }

  @Test func translationsOfASmallerImageAreShorter() throws {
    let image = try Fixtures.image("coffee")
    let augment = try RandAugment(operations: 1, magnitude: 12)
    var replay = SplitMix64(state: 11)
    var generator = SplitMix64(state: 11)
    var translations = 0
    for _ in 0..<80 {
      let augmented = augment(image, scale: 0.25, using: &generator)
      guard let (operation, level) = augment.draw(using: &replay) else { continue }
      let isTranslation = [.translateX, .translateY].contains(operation)
      translations += isTranslation ? 1 : 0
      #expect(augmented == operation.applied(to: image, level: isTranslation ? level / 4 : level))
    }
    #expect(translations > 3)
  }

  @Test(arguments: [(-1, 6.0), (1, -0.1), (1, 30.5), (1, .nan)])
  func refusesImpossibleSettings(_ operations: Int, _ magnitude: Double) {
    #expect(throws: ImageError.self) {
      try RandAugment(operations: operations, magnitude: magnitude)
    }
  }
}
