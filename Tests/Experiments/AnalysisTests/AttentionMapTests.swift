import Analysis
import Imaging
import Testing

@Suite struct AttentionMapTests {
  @Test func `an even weight is in the middle, twice as much the brightest`() throws {
    let map = AttentionMap(stage: "layer4", width: 2, height: 2, weights: [0, 0.5, 0.25, 0.25])
    let colors = try map.colored()
    #expect(colors.width == 2 && colors.height == 2)
    // matplotlib's inferno at 0, 1 and 0.5, within its rounding.
    #expect(Array(colors.pixels[0..<3]) == [0, 0, 4])
    #expect(Array(colors.pixels[3..<6]) == [252, 255, 164])
    #expect(Array(colors.pixels[6..<9]) == [186, 54, 85])
  }

  @Test func `a map without weights is drawn all the same`() throws {
    let map = AttentionMap(stage: "layer4", width: 1, height: 1, weights: [.nan])
    #expect(try map.colored().pixels == [0, 0, 4])
  }

  @Test func `an overlay has the picture's size, in grey under the colours`() throws {
    let map = AttentionMap(stage: "layer3", width: 1, height: 1, weights: [1])
    let picture = try Image(width: 5, height: 4, color: [200, 100, 0])
    let grey = try map.overlay(over: picture, opacity: 0)
    #expect(grey.width == 5 && grey.height == 4)
    // 0.299 · 200 + 0.587 · 100, as Pillow has it.
    #expect(Array(grey.pixels.prefix(3)) == [118, 118, 118])
    #expect(
      try Array(map.overlay(over: picture, opacity: 255).pixels.prefix(3)) == [186, 54, 85])
  }
}
