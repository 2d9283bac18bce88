extension Image {
  /// Rotates counter-clockwise about the middle; nearest sampling, black fill, size kept.
  func rotated(degrees: Double) -> Image {
    transformed(
      by: AffineMap(
        rotationDegrees: degrees, centerX: Double(width) / 2, centerY: Double(height) / 2))
  }

  /// Takes each pixel from where `map` says, the nearest one; black (and transparent) outside.
  func transformed(by map: AffineMap) -> Image {
    if map == AffineMap() { return self }
    // Pillow has two ways that round differently.
    return map.xy == 0 && map.yx == 0 ? scaledAndShifted(by: map) : sheared(by: map)
  }

  /// Each column and row has one source: positions in floating point.
  private func scaledAndShifted(by map: AffineMap) -> Image {
    let columns = Image.sources(count: width, start: map.x + map.xx * 0.5, step: map.xx)
    let rows = Image.sources(count: height, start: map.y + map.yy * 0.5, step: map.yy)
    return self.map { input, output in
      output.initialize(repeating: 0)
      withConstantChannels { channels in
        for (row, sourceRow) in rows.enumerated() where sourceRow >= 0 {
          for (column, sourceColumn) in columns.enumerated() where sourceColumn >= 0 {
            copyPixel(
              input, sourceRow &* width &+ sourceColumn, output, row &* width &+ column,
              channels: channels)
          }
        }
      }
    }
  }

  /// The source of each of `count` positions, −1 where it lies outside.
  private static func sources(count: Int, start: Double, step: Double) -> [Int] {
    var position = start
    return (0..<count).map { _ in
      defer { position += step }
      return position >= 0 && position < Double(count) ? Int(position) : -1
    }
  }

  /// Positions in fixed point with 16 fraction bits.
  private func sheared(by map: AffineMap) -> Image {
    let xx = Image.fixedPoint(map.xx)
    let xy = Image.fixedPoint(map.xy)
    let yx = Image.fixedPoint(map.yx)
    let yy = Image.fixedPoint(map.yy)
    let firstX = Image.fixedPoint(map.x + map.xx * 0.5 + map.xy * 0.5)
    let firstY = Image.fixedPoint(map.y + map.yx * 0.5 + map.yy * 0.5)
    return self.map { input, output in
      output.initialize(repeating: 0)
      withConstantChannels { channels in
        for row in 0..<height {
          var x = firstX &+ row &* xy
          var y = firstY &+ row &* yy
          let line = row &* width
          for column in 0..<width {
            let sourceColumn = x &>> 16
            let sourceRow = y &>> 16
            // As unsigned numbers, negative positions lie beyond the image too.
            if UInt(bitPattern: sourceColumn) < UInt(bitPattern: width),
              UInt(bitPattern: sourceRow) < UInt(bitPattern: height)
            {
              copyPixel(
                input, sourceRow &* width &+ sourceColumn, output, line &+ column,
                channels: channels)
            }
            x &+= xx
            y &+= yx
          }
        }
      }
    }
  }

  /// Limited so that no level, however absurd, can trap.
  private static func fixedPoint(_ value: Double) -> Int {
    Int(min(0x1p40, max(-0x1p40, (value * 65536 + 0.5).rounded(.down))))
  }
}

@inline(__always)
private func copyPixel(
  _ input: UnsafeBufferPointer<UInt8>, _ source: Int,
  _ output: UnsafeMutableBufferPointer<UInt8>, _ target: Int, channels: Int
) {
  for channel in 0..<channels {
    output[target &* channels &+ channel] = input[source &* channels &+ channel]
  }
}
