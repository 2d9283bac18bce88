extension Image {
  /// Keeps the highest `bits` bits of each colour sample.
  func posterized(bits: Int) -> Image {
    let mask = UInt8(truncatingIfNeeded: 0xFF00 >> max(1, min(8, bits)))
    return applyingToneCurve { $0 & mask }
  }

  /// Inverts the colour samples that are not below the threshold.
  func solarized(threshold: Double) -> Image {
    applyingToneCurve { Double($0) < threshold ? $0 : 255 - $0 }
  }

  /// Stretches each channel so that its darkest sample becomes 0 and its brightest 255.
  func autoContrasted() -> Image {
    applyingToneCurves(
      histograms().map { histogram in
        guard let low = histogram.firstIndex(where: { $0 > 0 }),
          let high = histogram.lastIndex(where: { $0 > 0 }), low < high
        else { return Image.identityCurve }
        let scale = 255 / Double(high - low)
        let offset = -Double(low) * scale
        return (0..<256).map { UInt8(max(0, min(255, Double($0) * scale + offset))) }
      })
  }

  /// Flattens the histogram of each channel.
  func equalized() -> Image {
    applyingToneCurves(
      histograms().map { histogram in
        let occupied = histogram.filter { $0 > 0 }
        guard occupied.count > 1, let last = occupied.last else { return Image.identityCurve }
        let step = (occupied.reduce(0, +) - last) / 255
        guard step > 0 else { return Image.identityCurve }
        var sum = step / 2
        return histogram.map { count in
          defer { sum += count }
          return UInt8(min(255, sum / step))
        }
      })
  }

  /// Multiplies the colour samples, without going below 0 or above 255.
  func brightnessEnhanced(factor: Double) -> Image {
    let factor = Float(factor)
    return applyingToneCurve { blended(0, Float($0), factor: factor) }
  }

  /// Moves the colour samples away from the mean grey of the image, or towards it.
  func contrastEnhanced(factor: Double) -> Image {
    contrastEnhanced(factor: factor, about: meanLuminance())
  }

  /// Moves the colour samples away from a grey, or towards it.
  func contrastEnhanced(factor: Double, about grey: Float) -> Image {
    let factor = Float(factor)
    return applyingToneCurve { blended(grey, Float($0), factor: factor) }
  }

  /// The mean of all luminances, rounded.
  func meanLuminance() -> Float {
    Float((Double(luminanceSum()) / Double(width * height) + 0.5).rounded(.down))
  }

  static let identityCurve = (0...255).map { UInt8($0) }

  /// Maps every colour sample by one curve; alpha stays.
  private func applyingToneCurve(_ curve: (UInt8) -> UInt8) -> Image {
    let table = (0...255).map { curve(UInt8($0)) }
    return channels == 4
      ? applyingToneCurves([[UInt8]](repeating: table, count: colorChannels))
      : mapped(through: table)
  }

  /// Maps each colour channel by its own curve of 256 values; alpha stays.
  private func applyingToneCurves(_ curves: [[UInt8]]) -> Image {
    let tables = curves.flatMap { $0 } + (channels == 4 ? Image.identityCurve : [])
    return map { input, output in
      tables.withUnsafeBufferPointer { tables in
        withConstantChannels { channels in
          var offset = 0
          while offset < input.count {
            for channel in 0..<channels {
              output[offset &+ channel] = tables[Int(input[offset &+ channel]) | (channel &<< 8)]
            }
            offset &+= channels
          }
        }
      }
    }
  }

  /// How often each of the 256 values occurs, for each colour channel.
  private func histograms() -> [[Int]] {
    var counts = [Int](repeating: 0, count: 256 * channels)
    counts.withUnsafeMutableBufferPointer { counts in
      pixels.withUnsafeBufferPointer { input in
        withConstantChannels { channels in
          var offset = 0
          while offset < input.count {
            for channel in 0..<channels {
              counts[Int(input[offset &+ channel]) | (channel &<< 8)] &+= 1
            }
            offset &+= channels
          }
        }
      }
    }
    return (0..<colorChannels).map { Array(counts[(256 * $0)..<(256 * $0 + 256)]) }
  }

  /// Channels that hold colour: all but alpha.
  var colorChannels: Int { min(3, channels) }
}
