import CPixels

/// How each pixel of a resized line is mixed from pixels of the original: Pillow's bilinear filter,
/// widened when shrinking (antialias), in its fixed-point form.
struct ResamplingKernel {
  /// Fraction bits of a weight; sums of weighted 8-bit samples fit 32 bits.
  static let fractionBits: Int32 = 22

  /// The kernel's numbers without checks, for loops over pixels.
  struct Taps {
    /// For each output pixel, the first input pixel it is mixed from.
    var starts: UnsafeBufferPointer<Int>
    /// `count` weights for each output pixel in turn.
    var weights: UnsafeBufferPointer<Weight>
    /// Input pixels mixed into an output pixel, the same for all: some weights are 0, because loops
    /// of a constant number of turns are much faster.
    var count: Int
  }

  /// A weight of 23 bits in two halves of 16, each of which multiplies a sample in one machine
  /// instruction on many samples at a time: high · 2¹¹ + low.
  struct Weight {
    var high: Int16
    var low: Int16

    init(_ value: Int32) {
      high = Int16(truncatingIfNeeded: value >> 11)
      low = Int16(truncatingIfNeeded: value & 0x7FF)
    }
  }

  /// Output pixels.
  var count: Int { starts.count }

  /// The input pixels that any output pixel needs.
  let inputRange: Range<Int>

  private let starts: [Int]
  private let weights: [Weight]
  private let tapCount: Int

  /// - Parameters:
  ///   - inputLength: pixels of the original line.
  ///   - outputLength: pixels of the whole resized line.
  ///   - kept: which of them are needed.
  init(inputLength: Int, outputLength: Int, kept: Range<Int>) {
    let scale = Double(inputLength) / Double(outputLength)
    let support = max(1, scale)
    // Multiplying by the reciprocal, as Pillow does; a division would round differently.
    let inverseSupport = 1 / support
    func center(_ output: Int) -> Double { (Double(output) + 0.5) * scale }
    func range(_ output: Int) -> Range<Int> {
      let center = center(output)
      return max(0, Int(center - support + 0.5))..<min(inputLength, Int(center + support + 0.5))
    }
    let ranges = kept.map(range)
    let tapCount = ranges.reduce(1) { max($0, $1.count) }
    let inputStart = ranges.first?.lowerBound ?? 0
    let inputEnd = ranges.last?.upperBound ?? 0
    let starts = ranges.map { max(inputStart, min($0.lowerBound, inputEnd - tapCount)) }
    var weights = [Weight](repeating: Weight(0), count: tapCount * kept.count)
    weights.withUnsafeMutableBufferPointer { weights in
      for (index, pixels) in ranges.enumerated() {
        let center = center(kept.lowerBound + index)
        func share(_ pixel: Int) -> Double {
          max(0, 1 - abs((Double(pixel) - center + 0.5) * inverseSupport))
        }
        let sum = pixels.reduce(0) { $0 + share($1) }
        let first = index * tapCount - starts[index]
        for pixel in pixels {
          let normalized = sum == 0 ? share(pixel) : share(pixel) / sum
          weights[first + pixel] = Weight(Int32(0.5 + normalized * Double(1 << Self.fractionBits)))
        }
      }
    }
    inputRange = inputStart..<inputEnd
    self.starts = starts
    self.weights = weights
    self.tapCount = tapCount
  }

  func withTaps<Result>(_ body: (Taps) -> Result) -> Result {
    weights.withUnsafeBufferPointer { weights in
      starts.withUnsafeBufferPointer { starts in
        body(Taps(starts: starts, weights: weights, count: tapCount))
      }
    }
  }

  /// The same numbers in the form of the routines for vector units.
  func withVectorKernel(_ body: (cpx_kernel) -> Bool) -> Bool {
    withTaps { taps in
      // A weight is two numbers of 16 bits side by side, here as there.
      taps.weights.withMemoryRebound(to: Int16.self) { weights in
        body(
          cpx_kernel(
            starts: taps.starts.baseAddress, weights: weights.baseAddress, count: count,
            taps: taps.count))
      }
    }
  }
}
