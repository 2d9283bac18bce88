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
    let piece = Image.consecutive(columns)
    return self.map { input, output in
      output.initialize(repeating: 0)
      for (row, sourceRow) in rows.enumerated() where sourceRow >= 0 {
        let source = sourceRow * width
        let target = row * width
        if let piece {
          copyPixels(
            input, source + columns[piece.lowerBound], output, target + piece.lowerBound,
            count: piece.count)
          continue
        }
        withConstantChannels { channels in
          for (column, sourceColumn) in columns.enumerated() where sourceColumn >= 0 {
            copyPixel(
              input, source &+ sourceColumn, output, target &+ column, channels: channels)
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

  /// The positions that have a source, if there are some and they follow each other in the same way as their sources.
  private static func consecutive(_ sources: [Int]) -> Range<Int>? {
    guard let first = sources.firstIndex(where: { $0 >= 0 }),
      let last = sources.lastIndex(where: { $0 >= 0 }),
      (first...last).allSatisfy({ sources[$0] - sources[first] == $0 - first })
    else { return nil }
    return first..<last + 1
  }

  /// Positions in fixed point with 16 fraction bits.
  private func sheared(by map: AffineMap) -> Image {
    let xx = Image.fixedPoint(map.xx)
    let xy = Image.fixedPoint(map.xy)
    let yx = Image.fixedPoint(map.yx)
    let yy = Image.fixedPoint(map.yy)
    let firstX = Image.fixedPoint(map.x + map.xx * 0.5 + map.xy * 0.5, limit: 0x1p40)
    let firstY = Image.fixedPoint(map.y + map.yx * 0.5 + map.yy * 0.5, limit: 0x1p40)
    return self.map { input, output in
      output.initialize(repeating: 0)
      for row in 0..<height {
        let x = firstX + row * xy
        let y = firstY + row * yy
        let columns = Image.inside(start: x, step: xx, limit: width << 16, count: width)
          .clamped(to: Image.inside(start: y, step: yx, limit: height << 16, count: width))
        if xx == 1 << 16 {
          copyRuns(columns, x >> 16, y, yx, input, output, row * width)
          continue
        }
        withConstantChannels { channels in
          for column in columns {
            let sourceColumn = (x &+ column &* xx) &>> 16
            let sourceRow = (y &+ column &* yx) &>> 16
            copyPixel(
              input, sourceRow &* width &+ sourceColumn, output, row &* width &+ column,
              channels: channels)
          }
        }
      }
    }
  }

  /// Copies columns whose sources are side by side, as long as these are in the same row.
  ///
  /// - Parameters:
  ///   - sourceColumn: the source column of column 0.
  ///   - y: the position of its source row; `yx` is the step to that of the next column.
  ///   - line: the number of the pixel at which the row begins.
  private func copyRuns(
    _ columns: Range<Int>, _ sourceColumn: Int, _ y: Int, _ yx: Int,
    _ input: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>, _ line: Int
  ) {
    var column = columns.lowerBound
    while column < columns.upperBound {
      let position = y + column * yx
      let sourceRow = position >> 16
      let rest = columns.upperBound - column
      let fraction = position & 0xFFFF
      let run = yx == 0 ? rest : 1 + (yx > 0 ? (0xFFFF - fraction) / yx : fraction / -yx)
      copyPixels(
        input, sourceRow * width + sourceColumn + column, output, line + column,
        count: min(run, rest))
      column += run
    }
  }

  /// The numbers below `count` for which start + number · step is in 0 ..< limit.
  private static func inside(start: Int, step: Int, limit: Int, count: Int) -> Range<Int> {
    if step == 0 { return 0 <= start && start < limit ? 0..<count : 0..<0 }
    func roundedUp(_ number: Int, _ divisor: Int) -> Int {
      number > 0 ? (number - 1) / divisor + 1 : number / divisor
    }
    let first = step > 0 ? roundedUp(-start, step) : roundedUp(start - limit + 1, -step)
    let end = step > 0 ? roundedUp(limit - start, step) : roundedUp(start + 1, -step)
    let lower = max(0, min(first, count))
    return lower..<max(lower, min(end, count))
  }

  /// Limited so that no level, however absurd, can trap: an image has at most 2²⁸ pixels, so that sums of a start and of
  /// steps along its rows and columns fit a word.
  private static func fixedPoint(_ value: Double, limit: Double = 0x1p33) -> Int {
    Int(min(limit, max(-limit, (value * 65536 + 0.5).rounded(.down))))
  }

  private func copyPixels(
    _ input: UnsafeBufferPointer<UInt8>, _ source: Int,
    _ output: UnsafeMutableBufferPointer<UInt8>, _ target: Int, count: Int
  ) {
    let pixels = UnsafeBufferPointer(
      rebasing: input[(source * channels)..<((source + count) * channels)])
    _ = output[(target * channels)..<((target + count) * channels)].update(fromContentsOf: pixels)
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
