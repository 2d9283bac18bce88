extension Image {
  /// Two passes with rounding to 8 bits between them: along rows, then along columns; the other way
  /// round when that is what Pillow does. A direction whose length stays is only cropped.
  func resampled(
    width newWidth: Int, height newHeight: Int, keeping rectangle: PixelRectangle
  ) -> Image {
    let columns = rectangle.x..<(rectangle.x + rectangle.width)
    let rows = rectangle.y..<(rectangle.y + rectangle.height)
    let horizontal =
      newWidth == width
      ? nil : ResamplingKernel(inputLength: width, outputLength: newWidth, kept: columns)
    let vertical =
      newHeight == height
      ? nil : ResamplingKernel(inputLength: height, outputLength: newHeight, kept: rows)
    let neededColumns = horizontal?.inputRange ?? columns
    let neededRows = vertical?.inputRange ?? rows
    let needed = cropped(
      toInner: PixelRectangle(
        x: neededColumns.lowerBound, y: neededRows.lowerBound,
        width: neededColumns.count, height: neededRows.count))
    switch (horizontal, vertical) {
    case (let horizontal?, let vertical?):
      // Since version 13 Pillow begins with the direction that saves more work.
      let beginsWithColumns =
        newHeight < height && 2 * (width - newWidth) < height - newHeight
      return beginsWithColumns
        ? needed.resampledColumns(vertical).resampledRows(horizontal)
        : needed.resampledRows(horizontal).resampledColumns(vertical)
    case (let horizontal?, nil):
      return needed.resampledRows(horizontal)
    case (nil, let vertical?):
      return needed.resampledColumns(vertical)
    case (nil, nil):
      return needed
    }
  }

  /// This image is the kernel's input range of the original's columns.
  private func resampledRows(_ kernel: ResamplingKernel) -> Image {
    Image(width: kernel.count, height: height, channels: channels) { output in
      pixels.withUnsafeBufferPointer { input in
        switch channels {
        case 3: resampleRows(kernel, input, output, channels: 3)
        case 4: resampleRows(kernel, input, output, channels: 4)
        default: resampleGreyRows(kernel, input, output)
        }
      }
    }
  }

  /// All channels of a pixel at a time; `channels` is a constant wherever this is called.
  @inline(__always)
  private func resampleRows(
    _ kernel: ResamplingKernel, _ input: UnsafeBufferPointer<UInt8>,
    _ output: UnsafeMutableBufferPointer<UInt8>, channels: Int
  ) {
    let rowBytes = width * channels
    let firstColumn = kernel.inputRange.lowerBound
    // Four samples are read for each pixel: three channels need one byte behind the last pixel.
    withUnsafeTemporaryAllocation(byteCount: rowBytes + 1, alignment: 1) { line in
      kernel.withTaps { taps in
        let bytes = UnsafeMutableRawBufferPointer(output)
        var target = 0
        for row in 0..<height {
          line.copyMemory(
            from: UnsafeRawBufferPointer(
              rebasing: UnsafeRawBufferPointer(input)[(row * rowBytes)..<((row + 1) * rowBytes)]))
          for column in 0..<kernel.count {
            var high = SIMD4<Int32>()
            var low = SIMD4<Int32>()
            var source = (taps.starts[column] &- firstColumn) &* channels
            for tap in 0..<taps.count {
              let weight = taps.weights[column &* taps.count &+ tap]
              let samples = widened(line.loadUnaligned(fromByteOffset: source, as: UInt32.self))
              high &+= samples &* SIMD4(repeating: Int32(weight.high))
              low &+= samples &* SIMD4(repeating: Int32(weight.low))
              source &+= channels
            }
            let mixed = narrowed(roundedToSamples(high: high, low: low))
            // A fourth sample too many is written over by the next pixel; the last pixel has none.
            if target &+ 4 <= output.count {
              bytes.storeBytes(of: mixed, toByteOffset: target, as: UInt32.self)
            } else {
              withUnsafeBytes(of: mixed) { mixed in
                for channel in 0..<channels { output[target &+ channel] = mixed[channel] }
              }
            }
            target &+= channels
          }
        }
      }
    }
  }

  private func resampleGreyRows(
    _ kernel: ResamplingKernel, _ input: UnsafeBufferPointer<UInt8>,
    _ output: UnsafeMutableBufferPointer<UInt8>
  ) {
    kernel.withTaps { taps in
      for row in 0..<height {
        for column in 0..<kernel.count {
          let start = row &* width &+ taps.starts[column] &- kernel.inputRange.lowerBound
          output[row &* kernel.count &+ column] = taps.mix(column, input, start: start, step: 1)
        }
      }
    }
  }

  /// This image is the kernel's input range of the original's rows.
  private func resampledColumns(_ kernel: ResamplingKernel) -> Image {
    let rowBytes = width * channels
    let blockBytes = rowBytes / 8 * 8
    return Image(width: width, height: kernel.count, channels: channels) { output in
      pixels.withUnsafeBufferPointer { input in
        kernel.withTaps { taps in
          let source = UnsafeRawBufferPointer(input)
          let target = UnsafeMutableRawBufferPointer(output)
          for row in 0..<kernel.count {
            let start = (taps.starts[row] &- kernel.inputRange.lowerBound) &* rowBytes
            for block in stride(from: 0, to: blockBytes, by: 8) {
              var high = SIMD8<Int32>()
              var low = SIMD8<Int32>()
              var offset = start &+ block
              for tap in 0..<taps.count {
                let weight = taps.weights[row &* taps.count &+ tap]
                let samples = SIMD8<Int32>(
                  truncatingIfNeeded: source.loadUnaligned(
                    fromByteOffset: offset, as: SIMD8<UInt8>.self))
                high &+= samples &* SIMD8(repeating: Int32(weight.high))
                low &+= samples &* SIMD8(repeating: Int32(weight.low))
                offset &+= rowBytes
              }
              target.storeBytes(
                of: SIMD8<UInt8>(truncatingIfNeeded: roundedToSamples(high: high, low: low)),
                toByteOffset: row &* rowBytes &+ block, as: SIMD8<UInt8>.self)
            }
            for index in blockBytes..<rowBytes {
              output[row &* rowBytes &+ index] = taps.mix(
                row, input, start: start &+ index, step: rowBytes)
            }
          }
        }
      }
    }
  }
}

extension ResamplingKernel.Taps {
  /// Output pixel `index` mixed from samples that lie `step` apart.
  @inline(__always)
  fileprivate func mix(
    _ index: Int, _ input: UnsafeBufferPointer<UInt8>, start: Int, step: Int
  ) -> UInt8 {
    var high = SIMD2<Int32>()
    var low = SIMD2<Int32>()
    var source = start
    for tap in 0..<count {
      let weight = weights[index &* count &+ tap]
      let sample = Int32(input[source])
      high[0] &+= sample &* Int32(weight.high)
      low[0] &+= sample &* Int32(weight.low)
      source &+= step
    }
    return UInt8(truncatingIfNeeded: roundedToSamples(high: high, low: low)[0])
  }
}

/// Sums of samples times the halves of their weights, rounded to samples.
@inline(__always)
private func roundedToSamples<Lanes: SIMD>(high: Lanes, low: Lanes) -> Lanes
where Lanes.Scalar == Int32 {
  let bits = ResamplingKernel.fractionBits
  let half = Lanes(repeating: 1 &<< (bits &- 1))
  let sum = (high &<< Lanes(repeating: 11)) &+ low &+ half
  // Rounded weights of many pixels may add up to a little more than 1.
  return pointwiseMin(sum &>> Lanes(repeating: bits), Lanes(repeating: 255))
}

/// The four bytes of a word, lowest address first, as numbers.
@inline(__always)
private func widened(_ word: UInt32) -> SIMD4<Int32> {
  SIMD4<Int32>(truncatingIfNeeded: unsafeBitCast(word, to: SIMD4<UInt8>.self))
}

/// Four numbers of 0…255 as the bytes of a word, lowest address first.
@inline(__always)
private func narrowed(_ samples: SIMD4<Int32>) -> UInt32 {
  unsafeBitCast(SIMD4<UInt8>(truncatingIfNeeded: samples), to: UInt32.self)
}
