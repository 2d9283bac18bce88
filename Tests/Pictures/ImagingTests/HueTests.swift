import Imaging
import Testing

@Suite struct HueTests {
  /// The tables give what the conversion to HSV and back gives, for the corners of the colour cube and random colours.
  @Test(arguments: [0.0, 0.1, -0.4, 0.5, -0.5, 1.0 / 255])
  func turningEqualsTheConversionToHSVAndBack(_ shift: Double) throws {
    var generator = SplitMix64(state: 30)
    let levels: [UInt8] = [0, 1, 2, 127, 128, 254, 255]
    let corners = levels.flatMap { red in
      levels.flatMap { green in levels.map { blue in [red, green, blue] } }
    }
    let others = (0..<60_000).map { _ in
      (0..<3).map { _ in UInt8(generator.nextInteger(below: 256)) }
    }
    let colors = corners + others
    let steps = UInt8(truncatingIfNeeded: Int(shift * 255))
    let expected = colors.flatMap { color in
      var turned = HSVColor(red: color[0], green: color[1], blue: color[2])
      turned.hue &+= steps
      let (red, green, blue) = turned.rgb
      return [red, green, blue]
    }
    let image = try Image(
      width: colors.count, height: 1, channels: 3, pixels: colors.flatMap { $0 })
    #expect(ColorJitter.Change.hue.applied(to: image, amount: shift).pixels == expected)

    let translucent = try Image(
      width: colors.count, height: 1, channels: 4, pixels: colors.flatMap { $0 + [77] })
    let result = ColorJitter.Change.hue.applied(to: translucent, amount: shift).pixels
    let alphas = stride(from: 3, to: result.count, by: 4).map { result[$0] }
    #expect(alphas.allSatisfy { $0 == 77 })
    #expect(result.indices.filter { $0 % 4 < 3 }.map { result[$0] } == expected)
  }
}
