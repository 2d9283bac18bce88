import CPixels

extension Image {
  /// Part of the image at another size by linear interpolation between the four nearest pixels, without antialias, as
  /// torchvision's `resize` of a uint8 tensor with `antialias=False`; a value half way between two levels may go either way.
  ///
  /// - Parameters:
  ///   - rectangle: the part of the resized image to compute; all of it by default.
  /// - Throws: `ImageError.invalidArgument` for an impossible size, or a rectangle that is not inside.
  public func interpolated(
    width newWidth: Int, height newHeight: Int, keeping rectangle: PixelRectangle? = nil
  ) throws(ImageError) -> Image {
    let kept = try checked(rectangle, width: newWidth, height: newHeight)
    if newWidth == width, newHeight == height { return cropped(toInner: kept) }
    let columns = (kept.x..<kept.x + kept.width).map {
      LinearTap($0, from: width, to: newWidth, step: channels)
    }
    let rows = (kept.y..<kept.y + kept.height).map {
      LinearTap($0, from: height, to: newHeight, step: width * channels)
    }
    let line = kept.width * channels
    // The vector unit writes a float behind a line.
    let lineStride = line + 1
    return Image(width: kept.width, height: kept.height, channels: channels) { output in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * lineStride) { lines in
        // The two source rows last mixed along their columns: neighbouring rows of the result often share them.
        var held = (-1, -1)
        for (number, row) in rows.enumerated() {
          let upper = held.0 == row.first || (held.1 != row.first && held.1 == row.second) ? 0 : 1
          if (upper == 0 ? held.0 : held.1) != row.first {
            mixColumns(columns, ofRowAt: row.first, into: lines, at: upper * lineStride)
            if upper == 0 { held.0 = row.first } else { held.1 = row.first }
          }
          let lower = row.second == row.first ? upper : 1 - upper
          if (lower == 0 ? held.0 : held.1) != row.second {
            mixColumns(columns, ofRowAt: row.second, into: lines, at: lower * lineStride)
            if lower == 0 { held.0 = row.second } else { held.1 = row.second }
          }
          for index in 0..<line {
            let value =
              (1 - row.weight) * lines[upper &* lineStride &+ index]
              + row.weight * lines[lower &* lineStride &+ index]
            // This leaves the nearest integer in the low bits, the even one if two are equally near.
            output[number &* line &+ index] = UInt8(truncatingIfNeeded: (value + 0x1p23).bitPattern)
          }
        }
      }
    }
  }

  /// Mixes the columns of the row that begins at a sample, into floats from `place` on.
  private func mixColumns(
    _ columns: [LinearTap], ofRowAt start: Int, into line: UnsafeMutableBufferPointer<Float>,
    at place: Int
  ) {
    pixels.withUnsafeBufferPointer { input in
      columns.withUnsafeBufferPointer { columns in
        withConstantChannels { channels in
          var done = 0
          if channels == 3, VectorUnit.isUsed, let output = line.baseAddress,
            let samples = input.baseAddress
          {
            done = cpx_mix_rgb_columns(
              columns.baseAddress, columns.count, samples + start, input.count - start,
              output + place)
          }
          var target = place &+ done &* channels
          for column in columns[done...] {
            let first = start &+ column.first
            let second = start &+ column.second
            for channel in 0..<channels {
              line[target &+ channel] = column.mix(
                input[first &+ channel], input[second &+ channel])
            }
            target &+= channels
          }
        }
      }
    }
  }

  /// Part of the image at another size, where every pixel is that of the nearest place before it, so that no new value
  /// arises, as label maps need: torchvision's `resize` with nearest interpolation.
  ///
  /// - Parameters:
  ///   - rectangle: the part of the resized image to compute; all of it by default.
  /// - Throws: `ImageError.invalidArgument` for an impossible size, or a rectangle that is not inside.
  public func nearest(
    width newWidth: Int, height newHeight: Int, keeping rectangle: PixelRectangle? = nil
  ) throws(ImageError) -> Image {
    let kept = try checked(rectangle, width: newWidth, height: newHeight)
    func sources(_ range: Range<Int>, _ size: Int, _ newSize: Int) -> [Int] {
      let scale = Float(size) / Float(newSize)
      return range.map { min(Int(Float($0) * scale), size - 1) }
    }
    let columns = sources(kept.x..<kept.x + kept.width, width, newWidth).map { $0 * channels }
    let rows = sources(kept.y..<kept.y + kept.height, height, newHeight)
    return Image(width: kept.width, height: kept.height, channels: channels) { output in
      pixels.withUnsafeBufferPointer { input in
        columns.withUnsafeBufferPointer { columns in
          withConstantChannels { channels in
            var target = 0
            for row in rows {
              let start = row &* width &* channels
              for column in columns {
                for channel in 0..<channels {
                  output[target] = input[start &+ column &+ channel]
                  target &+= 1
                }
              }
            }
          }
        }
      }
    }
  }

  private func checked(
    _ rectangle: PixelRectangle?, width newWidth: Int, height newHeight: Int
  ) throws(ImageError) -> PixelRectangle {
    try Image.checkShape(width: newWidth, height: newHeight, channels: channels)
    let kept = rectangle ?? PixelRectangle(x: 0, y: 0, width: newWidth, height: newHeight)
    guard kept.isInside(width: newWidth, height: newHeight) else {
      throw .invalidArgument(
        "The rectangle of \(kept.width) × \(kept.height) pixels at (\(kept.x), \(kept.y)) does not "
          + "lie inside an image of \(newWidth) × \(newHeight) pixels.")
    }
    return kept
  }
}

/// The two neighbours between which a resized pixel lies, along one side.
private typealias LinearTap = cpx_linear_tap

extension cpx_linear_tap {
  fileprivate init(_ position: Int, from size: Int, to newSize: Int, step: Int) {
    let scale = Float(size) / Float(newSize)
    let source = max(0, scale * (Float(position) + 0.5) - 0.5)
    let index = min(Int(source), size - 1)
    self.init(
      first: index * step, second: min(index + 1, size - 1) * step,
      weight: min(max(source - Float(index), 0), 1))
  }

  @inline(__always)
  fileprivate func mix(_ a: UInt8, _ b: UInt8) -> Float {
    (1 - weight) * Float(a) + weight * Float(b)
  }
}
