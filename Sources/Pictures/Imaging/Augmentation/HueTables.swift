import CPixels

/// Tables for turning hues, computed once: the conversions of `HSVColor` without their divisions and branches.
final class HueTables: Sendable {
  /// The tables, made when they are first needed.
  static let shared = HueTables()

  /// The hue, by which channels are the largest and the smallest, then by their distance (`row`) and that of the largest
  /// from the third channel.
  private let hues: [UInt8]
  /// The strength of each saturation, as a share.
  private let strengths: [Float]
  /// The position of each hue in its sixth of the circle.
  private let fractions: [Float]
  /// For each hue, by how many bits red, green and blue lie in a word of the greatest, the least, the falling and the
  /// rising sample: a byte each.
  private let shifts: [UInt32]

  private init() {
    // One sample is 0, one is `range`, and one is between them; in the order of `Tables.hue`.
    func hues(_ color: (_ largest: UInt8, _ third: UInt8) -> HSVColor) -> [UInt8] {
      (0..<256).flatMap { range in
        (0...range).map { below in color(UInt8(range), UInt8(range - below)).hue }
      }
    }
    self.hues =
      hues { HSVColor(red: $0, green: 0, blue: $1) }
      + hues { HSVColor(red: $0, green: $1, blue: 0) }
      + hues { HSVColor(red: 0, green: $0, blue: $1) }
      + hues { HSVColor(red: $1, green: $0, blue: 0) }
      + hues { HSVColor(red: 0, green: $1, blue: $0) }
      + hues { HSVColor(red: $1, green: 0, blue: $0) }
      // The vector unit reads four bytes for each hue.
      + [0, 0, 0]
    strengths = (0...255).map { Float(HSVColor.strength(ofSaturation: UInt8($0))) }
    let places = (0...255).map { HSVColor.place(ofHue: UInt8($0)) }
    fractions = places.map { Float($0.fraction) }
    shifts = places.map { place in
      let (value, low, falling, rising): (UInt32, UInt32, UInt32, UInt32) = (0, 8, 16, 24)
      let (red, green, blue) =
        switch place.sector {
        case 1: (falling, value, low)
        case 2: (low, value, rising)
        case 3: (low, falling, value)
        case 4: (rising, low, value)
        case 5: (value, low, falling)
        default: (value, rising, low)
        }
      return red | green << 8 | blue << 16
    }
  }

  func withTables(_ body: (Tables) -> Void) {
    hues.withUnsafeBufferPointer { hues in
      strengths.withUnsafeBufferPointer { strengths in
        fractions.withUnsafeBufferPointer { fractions in
          shifts.withUnsafeBufferPointer { shifts in
            body(
              Tables(hues: hues, strengths: strengths, fractions: fractions, shifts: shifts))
          }
        }
      }
    }
  }

  /// The tables without checks, for loops over pixels.
  struct Tables {
    /// Entries of a table of hues: pairs of a distance and one that is not greater.
    private static let count = 256 * 257 / 2

    let hues: UnsafeBufferPointer<UInt8>
    let strengths: UnsafeBufferPointer<Float>
    let fractions: UnsafeBufferPointer<Float>
    let shifts: UnsafeBufferPointer<UInt32>

    /// The same tables for the vector unit.
    var forVectorUnit: cpx_hue_tables {
      cpx_hue_tables(
        hues: hues.baseAddress, strengths: strengths.baseAddress, fractions: fractions.baseAddress,
        shifts: shifts.baseAddress)
    }

    /// The colour after a turn of its hue; only the lowest bytes count.
    @inline(__always)
    func turned(
      _ red: UInt8, _ green: UInt8, _ blue: UInt8, by steps: UInt8
    ) -> (red: UInt32, green: UInt32, blue: UInt32) {
      let (r, g, b) = (Int(red), Int(green), Int(blue))
      let largest = max(r, g, b)
      let smallest = min(r, g, b)
      let range = largest &- smallest
      let hue = Int(self.hue(r, g, b, largest, smallest) &+ steps)
      // Grey has no hue and the saturation 0, with which all samples become the value.
      let saturation = Int(Float(range) / Float(max(largest, 1)) * 255)
      let strength = Double(strengths[saturation])
      let fraction = Double(fractions[hue])
      let value = Double(largest)
      let low = Self.rounded(value * (1 - strength))
      let falling = Self.rounded(value * (1 - strength * fraction))
      let rising = Self.rounded(value * (1 - strength * (1 - fraction)))
      let word =
        UInt32(truncatingIfNeeded: largest) | low &<< 8 | falling &<< 16 | rising &<< 24
      let shifts = shifts[hue]
      return (word &>> shifts, word &>> (shifts &>> 8), word &>> (shifts &>> 16))
    }

    /// 0 for grey.
    @inline(__always)
    private func hue(_ r: Int, _ g: Int, _ b: Int, _ largest: Int, _ smallest: Int) -> UInt8 {
      let third = r &+ g &+ b &- largest &- smallest
      let isRed = r == largest
      let isGreen = !isRed && g == largest
      let table =
        isRed
        ? (g >= b ? 1 : 0) : isGreen ? (r >= b ? 3 : 2) : (r >= g ? 5 : 4)
      let range = largest &- smallest
      let row = (range &* (range &+ 1)) &>> 1
      return hues[table &* Self.count &+ row &+ (largest &- third)]
    }

    /// For a number from 0 to 255.
    @inline(__always)
    private static func rounded(_ value: Double) -> UInt32 {
      UInt32(truncatingIfNeeded: Int(value + 0.5))
    }
  }
}
