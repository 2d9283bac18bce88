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
