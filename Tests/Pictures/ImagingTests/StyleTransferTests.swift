import Imaging
import Testing

@Suite struct StyleTransferTests {
  @Test func colorStatisticsEqualThoseOfScikitImage() throws {
    for expected in try Fixtures.load().styles {
      let styled = try StyleTransfer.colorStatistics(
        Fixtures.image(expected.source), style: Style(Fixtures.image(expected.style)))
      let difference = expected.colorStatistics.difference(from: styled)
      #expect(difference == nil, "\(expected.source) like \(expected.style): \(difference ?? "")")
    }
  }

  @Test func lowFrequenciesEqualThoseOfAWholeFourierTransform() throws {
    for expected in try Fixtures.load().styles {
      let image = try Fixtures.image(expected.source)
      let style = try Style(Fixtures.image(expected.style))
      for low in expected.lowFrequencies {
        let styled = try StyleTransfer.lowFrequencies(share: low.share)(image, style: style)
        let difference = low.fingerprint.difference(from: styled)
        #expect(
          difference == nil,
          "\(expected.source) like \(expected.style), \(low.share): \(difference ?? "")")
      }
    }
  }

  @Test(arguments: [
    StyleTransfer.colorStatistics, .lowFrequencies(share: 0), .lowFrequencies(share: 0.3),
    .lowFrequencies(share: 0.4999),
  ])
  func anImageInItsOwnStyleIsItself(_ transfer: StyleTransfer) throws {
    let image = try Fixtures.image("coffee")
    #expect(try transfer(image, style: Style(image)) == image)
  }

  /// Frequency 0 alone is the mean.
  @Test func noShareMovesTheMeanAlone() throws {
    let image = try Image(width: 2, height: 1, channels: 3, pixels: [10, 20, 30, 20, 40, 60])
    let style = try Style(Image(width: 5, height: 4, color: [25, 25, 50]))
    let styled = try StyleTransfer.lowFrequencies(share: 0)(image, style: style)
    #expect(styled.pixels == [20, 15, 35, 30, 35, 65])
  }

  @Test(arguments: [StyleTransfer.colorStatistics, .lowFrequencies(share: 0.2)])
  func flatImagesTakeTheColourOfAFlatStyle(_ transfer: StyleTransfer) throws {
    let image = try Image(width: 7, height: 5, color: [0, 0, 0])
    let style = try Style(Image(width: 3, height: 3, color: [200, 100, 50]))
    let expected = try Image(width: 7, height: 5, color: [200, 100, 50])
    #expect(try transfer(image, style: style) == expected)
  }

  /// The style's two colours are opposite to each other, so that their mean is grey.
  @Test func greysTakeNoColourWhereTheStylesMeanIsGrey() throws {
    let greys = (0..<52).flatMap { [UInt8](repeating: UInt8($0 * 5), count: 3) }
    let ramp = try Image(width: 52, height: 1, channels: 3, pixels: greys)
    let styled = try StyleTransfer.colorStatistics(ramp, style: oppositeColours())
    for index in 0..<52 {
      let samples = styled.pixels[3 * index..<3 * index + 3].map(Int.init)
      let spread = (samples.max() ?? 255) - (samples.min() ?? 0)
      #expect(spread <= 1, "grey \(5 * index) becomes \(samples)")
    }
    let first = styled.pixels[0]
    let last = styled.pixels[3 * 51]
    #expect(first < last)
  }

  /// The mean of many equal numbers is rounded, so that their deviation is not exactly 0.
  @Test func flatImagesTakeTheMeanOfAStyle() throws {
    let image = try Image(width: 60, height: 40, color: [77, 50, 20])
    let styled = try StyleTransfer.colorStatistics(image, style: oppositeColours())
    let samples = Set(styled.pixels)
    #expect(samples.isSubset(of: 130...136), "\(samples)")
  }

  private func oppositeColours() throws -> Style {
    try Style(
      Image(width: 2, height: 1, channels: 3, pixels: [150, 110, 100, 104, 157, 169]))
  }

  @Test(arguments: [-0.1, 0.5, .nan])
  func sharesOutOfRangeAreRefused(_ share: Double) throws {
    let image = try Fixtures.image("coffee")
    #expect(throws: ImageError.self) {
      try StyleTransfer.lowFrequencies(share: share)(image, style: Style(image))
    }
  }

  @Test func greyImagesAreRefused() throws {
    let image = try Fixtures.image("coffee")
    let grey = try Image(width: 2, height: 2, color: [3])
    let style = try Style(image)
    #expect(throws: ImageError.self) { try StyleTransfer.colorStatistics(grey, style: style) }
    #expect(throws: ImageError.self) { try Style(grey) }
  }
}
