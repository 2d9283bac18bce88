import Foundation

/// The discrete Fourier coefficients of a plane of samples for the frequencies −bound…bound along either axis.
///
/// So few coefficients are computed as the sums that define them, axis by axis, without a fast Fourier transform. The
/// plane is real, so that a negative horizontal frequency is the conjugate of a positive one and is not kept.
struct LowFrequencies {
  private let width: Int
  private let height: Int
  private let bound: Int
  private let columns: Waves
  private let rows: Waves
  /// The coefficients; the one at `index` has the vertical frequency −bound + index / (bound + 1) and the horizontal
  /// frequency index % (bound + 1).
  private var coefficients: [SIMD2<Double>]

  /// The coefficients of the samples of a row-major plane, each `stride` after the one before.
  init(
    of samples: UnsafeBufferPointer<UInt8>, offset: Int, stride: Int, width: Int, height: Int,
    bound: Int
  ) {
    (self.width, self.height, self.bound) = (width, height, bound)
    columns = Waves(0...bound, over: width)
    rows = Waves(-bound...bound, over: height)
    coefficients = Array(repeating: .zero, count: (2 * bound + 1) * (bound + 1))
    var ofRow = [SIMD2<Double>](repeating: .zero, count: bound + 1)
    for y in 0..<height {
      for v in 0...bound {
        var sum = SIMD2<Double>.zero
        for x in 0..<width {
          let sample = Double(samples[offset + stride * (y * width + x)])
          sum += sample * columns[v, x]
        }
        ofRow[v] = sum
      }
      for (index, u) in (-bound...bound).enumerated() {
        for v in 0...bound {
          coefficients[index * (bound + 1) + v] += Self.product(ofRow[v], rows[u, y])
        }
      }
    }
  }

  /// The coefficients that must be added to the plane so that its amplitudes become those of `other` and its phases stay; a
  /// frequency that the plane does not have gets the phase 0.
  func change(toAmplitudesOf other: LowFrequencies) -> [Double] {
    let negligible = 1e-9 * Double(width * height)
    let changes = zip(coefficients, other.coefficients).map { own, other in
      let (amplitude, wanted) = (Self.amplitude(own), Self.amplitude(other))
      return amplitude > negligible
        ? own * (wanted / amplitude - 1) : SIMD2(wanted, 0) - own
    }
    return plane(of: changes)
  }

  /// The plane whose only coefficients are these.
  private func plane(of changes: [SIMD2<Double>]) -> [Double] {
    var plane = [Double](repeating: 0, count: width * height)
    let scale = 1 / Double(width * height)
    for y in 0..<height {
      for v in 0...bound {
        var ofRow = SIMD2<Double>.zero
        for (index, u) in (-bound...bound).enumerated() {
          ofRow += Self.product(changes[index * (bound + 1) + v], rows[-u, y])
        }
        // The frequency −v adds the conjugate.
        let weight = v == 0 ? scale : 2 * scale
        for x in 0..<width {
          // The real part of the product with the conjugate wave.
          let wave = columns[v, x]
          plane[y * width + x] += weight * (ofRow.x * wave.x + ofRow.y * wave.y)
        }
      }
    }
    return plane
  }

  private static func amplitude(_ a: SIMD2<Double>) -> Double {
    (a.x * a.x + a.y * a.y).squareRoot()
  }

  private static func product(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x)
  }

  /// e^(−2πi·frequency·place/length).
  private struct Waves {
    private let length: Int
    private let lowest: Int
    private let values: [SIMD2<Double>]

    init(_ frequencies: ClosedRange<Int>, over length: Int) {
      self.length = length
      lowest = frequencies.lowerBound
      values = frequencies.flatMap { frequency in
        (0..<length).map { place in
          let angle = -2 * Double.pi * Double(frequency * place % length) / Double(length)
          return SIMD2(cos(angle), sin(angle))
        }
      }
    }

    subscript(frequency: Int, place: Int) -> SIMD2<Double> {
      values[(frequency - lowest) * length + place]
    }
  }
}
