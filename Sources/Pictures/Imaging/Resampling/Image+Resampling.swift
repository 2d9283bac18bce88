import CPixels

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
    let withNeededColumns = PixelRectangle(
      x: neededColumns.lowerBound, y: 0, width: neededColumns.count, height: height)
    switch (horizontal, vertical) {
    case (let horizontal?, let vertical?):
      // Since version 13 Pillow begins with the direction that saves more work.
      if newHeight < height && 2 * (width - newWidth) < height - newHeight {
        return cropped(toInner: withNeededColumns)
          .resampledColumns(vertical, firstRow: 0)
          .resampledRows(horizontal, firstColumn: neededColumns.lowerBound)
      }
      return resampledRows(horizontal, of: vertical.inputRange)
        .resampledColumns(vertical, firstRow: vertical.inputRange.lowerBound)
    case (let horizontal?, nil):
      return resampledRows(horizontal, of: rows)
    case (nil, let vertical?):
      return cropped(toInner: withNeededColumns).resampledColumns(vertical, firstRow: 0)
    case (nil, nil):
      return cropped(toInner: rectangle)
    }
  }

  /// - Parameters:
  ///   - rows: the rows to resample, all by default.
  ///   - firstColumn: the column of the kernel's input that is the first one of this image.
  private func resampledRows(
    _ kernel: ResamplingKernel, of rows: Range<Int>? = nil, firstColumn: Int = 0
  ) -> Image {
    let rows = rows ?? 0..<height
    return Image(width: kernel.count, height: rows.count, channels: channels) { output in
      pixels.withUnsafeBufferPointer { input in
        let input = UnsafeBufferPointer(
          rebasing: input[
            (rows.lowerBound * width * channels)..<(rows.upperBound * width * channels)])
        if channels == 3,
          kernel.withVectorKernel({
            cpx_resample_rgb_rows(
              VectorUnit.widest.forC, $0, input.baseAddress, width, rows.count, firstColumn,
              output.baseAddress)
          })
        {
          return
        }
        switch channels {
        case 3:
          resampleRows(kernel, input, output, rows.count, firstColumn: firstColumn, channels: 3)
        case 4:
          resampleRows(kernel, input, output, rows.count, firstColumn: firstColumn, channels: 4)
        default:
          resampleGreyRows(kernel, input, output, rows.count, firstColumn: firstColumn)
        }
      }
    }
  }

  /// All channels of a pixel at a time, and two rows, which share the weights; `channels` is a
  /// constant wherever this is called.
  @inline(__always)
  private func resampleRows(
    _ kernel: ResamplingKernel, _ input: UnsafeBufferPointer<UInt8>,
    _ output: UnsafeMutableBufferPointer<UInt8>, _ rowCount: Int, firstColumn: Int, channels: Int
  ) {
    let rowBytes = width * channels
    // Four samples are read for each pixel: three channels need a byte behind the last one.
    let lineBytes = rowBytes + 1
    let source = UnsafeRawBufferPointer(input)
    let target = UnsafeMutableRawBufferPointer(output)
    let targetRowBytes = kernel.count * channels
    withUnsafeTemporaryAllocation(byteCount: 2 * lineBytes, alignment: 1) { lines in
      kernel.withTaps { taps in
        for upper in stride(from: 0, to: rowCount, by: 2) {
          // The last of an odd number of rows is its own partner.
          let lower = min(upper + 1, rowCount - 1)
          for (line, row) in [upper, lower].enumerated() {
            UnsafeMutableRawBufferPointer(rebasing: lines[(line * lineBytes)...])
              .copyMemory(
                from: UnsafeRawBufferPointer(
                  rebasing: source[(row * rowBytes)..<((row + 1) * rowBytes)]))
          }
          for column in 0..<kernel.count {
            var high = SIMD8<Int32>()
            var low = SIMD8<Int32>()
            var offset = (taps.starts[column] &- firstColumn) &* channels
            for tap in 0..<taps.count {
              let weight = taps.weights[column &* taps.count &+ tap]
              let samples = SIMD8(
                lowHalf: widened(lines.loadUnaligned(fromByteOffset: offset, as: UInt32.self)),
                highHalf: widened(
                  lines.loadUnaligned(fromByteOffset: offset &+ lineBytes, as: UInt32.self)))
              high &+= samples &* SIMD8(repeating: Int32(weight.high))
              low &+= samples &* SIMD8(repeating: Int32(weight.low))
              offset &+= channels
            }
            let mixed = SIMD8<UInt8>(truncatingIfNeeded: roundedToSamples(high: high, low: low))
            for (row, samples) in [(upper, mixed.lowHalf), (lower, mixed.highHalf)] {
              let first = row &* targetRowBytes &+ column &* channels
              if column &+ 1 < kernel.count {
                // With three channels, the next pixel overwrites the fourth sample.
                target.storeBytes(of: samples, toByteOffset: first, as: SIMD4<UInt8>.self)
              } else {
                for channel in 0..<channels { output[first &+ channel] = samples[channel] }
              }
            }
          }
        }
      }
    }
  }

  private func resampleGreyRows(
    _ kernel: ResamplingKernel, _ input: UnsafeBufferPointer<UInt8>,
    _ output: UnsafeMutableBufferPointer<UInt8>, _ rowCount: Int, firstColumn: Int
  ) {
    kernel.withTaps { taps in
      for row in 0..<rowCount {
        for column in 0..<kernel.count {
          let start = row &* width &+ taps.starts[column] &- firstColumn
          output[row &* kernel.count &+ column] = taps.mix(column, input, start: start, step: 1)
        }
      }
    }
  }

  /// - Parameter firstRow: the row of the kernel's input that is the first one of this image.
  private func resampledColumns(_ kernel: ResamplingKernel, firstRow: Int) -> Image {
    let rowBytes = width * channels
    let blockBytes = rowBytes / 8 * 8
    return Image(width: width, height: kernel.count, channels: channels) { output in
      pixels.withUnsafeBufferPointer { input in
        let isDone = kernel.withVectorKernel {
          cpx_resample_columns(
            VectorUnit.widest.forC, $0, input.baseAddress, rowBytes, firstRow, output.baseAddress)
        }
        if isDone {
          return
        }
        kernel.withTaps { taps in
          let source = UnsafeRawBufferPointer(input)
          let target = UnsafeMutableRawBufferPointer(output)
          for row in 0..<kernel.count {
            let start = (taps.starts[row] &- firstRow) &* rowBytes
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
