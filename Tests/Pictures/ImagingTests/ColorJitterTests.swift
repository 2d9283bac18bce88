import Imaging
import Testing

@Suite struct ColorJitterTests {
  @Test func everyChangeEqualsTorchvisionByteForByte() throws {
    let cases = try Fixtures.load().jitter
    #expect(cases.count == 30)
    for expected in cases {
      let change = try #require(
        ColorJitter.Change.allCases.first { "\($0)" == expected.change })
      let changed = change.applied(
        to: try Fixtures.image(expected.source), amount: expected.amount)
      let difference = expected.fingerprint.difference(from: changed)
      #expect(
        difference == nil,
        "\(expected.source) \(expected.change) \(expected.amount): \(difference ?? "")")
    }
  }

  @Test func huesOfAllColorsAreTurned() throws {
    let steps = (0..<18).map { UInt8($0 * 15) }
    let pixels = steps.flatMap { red in
      steps.flatMap { green in steps.flatMap { blue in [red, green, blue] } }
    }
    let cube = try Image(width: 324, height: 18, channels: 3, pixels: pixels)
    let turned = ColorJitter.Change.hue.applied(to: cube, amount: 0.37)
    #expect(try Fixtures.load().hueCube.difference(from: turned) == nil)
  }

  @Test func noStrengthChangesNothing() throws {
    let image = try Fixtures.image("coffee")
    var generator = SplitMix64(state: 1)
    #expect(try ColorJitter(strength: 0)(image, using: &generator) == image)
    #expect(throws: ImageError.self) { try ColorJitter(strength: 0.6) }
  }

  @Test(arguments: ["coffee", "grey", "translucent"])
  func keepingAPartEqualsChangingAndCropping(_ source: String) throws {
    let image = try Fixtures.image(source)
    var first = SplitMix64(state: 3)
    var second = SplitMix64(state: 3)
    let part = PixelRectangle(x: 3, y: 5, width: 17, height: 11)
    for strength in [0, 0.2, 0.4] {
      let jitter = try ColorJitter(strength: strength)
      for _ in 0..<30 {
        let together = try jitter(image, keeping: part, using: &first)
        #expect(try together == jitter(image, using: &second).cropped(to: part))
      }
    }
    #expect(throws: ImageError.self) {
      try ColorJitter(strength: 0)(
        image, keeping: PixelRectangle(x: 0, y: 0, width: 1, height: 1 << 20), using: &first)
    }
  }

  @Test func drawsStayWithinTheStrengthInEveryOrder() throws {
    let jitter = try ColorJitter(strength: 0.4)
    var generator = SplitMix64(state: 7)
    var orders = Set<[ColorJitter.Change]>()
    for _ in 0..<600 {
      let draws = jitter.draw(using: &generator)
      orders.insert(draws.map(\.change))
      for (change, amount) in draws {
        #expect((change == .hue ? -0.4...0.4 : 0.6...1.4).contains(amount))
      }
    }
    #expect(orders.count == 24)
  }
}
