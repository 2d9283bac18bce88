/// Hue, saturation and value in 8 bits each, converted with Pillow's rounding.
package struct HSVColor {
  package var hue: UInt8
  package let saturation: UInt8
  package let value: UInt8

  /// The colour of given RGB samples.
  package init(red: UInt8, green: UInt8, blue: UInt8) {
    let largest = max(red, green, blue)
    let smallest = min(red, green, blue)
    value = largest
    guard largest != smallest else {
      hue = 0
      saturation = 0
      return
    }
    let range = Float(largest &- smallest)
    saturation = UInt8(Float(range / Float(largest)) * 255)
    let fromRed = Float(largest &- red) / range
    let fromGreen = Float(largest &- green) / range
    let fromBlue = Float(largest &- blue) / range
    let sixths: Float =
      if red == largest {
        fromBlue - fromGreen
      } else if green == largest {
        Float(2 + Double(fromRed) - Double(fromBlue))
      } else {
        Float(4 + Double(fromGreen) - Double(fromRed))
      }
    // Up to a turn below zero, so that whole turns are what lies above one.
    let turns = Double(sixths) / 6 + 1
    let turn = Float(turns >= 1 ? turns - 1 : turns)
    hue = UInt8(min(255, Double(turn) * 255))
  }

  /// Red, green and blue.
  package var rgb: (UInt8, UInt8, UInt8) {
    guard saturation > 0 else { return (value, value, value) }
    let (sector, fraction) = Self.place(ofHue: hue)
    let strength = Self.strength(ofSaturation: saturation)
    let low = rounded(1 - strength)
    let falling = rounded(1 - strength * fraction)
    let rising = rounded(1 - strength * (1 - fraction))
    switch sector {
    case 1: return (falling, value, low)
    case 2: return (low, value, rising)
    case 3: return (low, falling, value)
    case 4: return (rising, low, value)
    case 5: return (value, low, falling)
    default: return (value, rising, low)
    }
  }

  /// The sixth of the circle that holds a hue, and the hue's position in it.
  static func place(ofHue hue: UInt8) -> (sector: Int, fraction: Double) {
    let sixths = Double(hue) * 6 / 255
    let sector = Int(sixths)
    return (sector, Double(Float(sixths - Double(sector))))
  }

  static func strength(ofSaturation saturation: UInt8) -> Double {
    Double(Float(Double(saturation) / 255))
  }

  /// A share of the value; it is not negative.
  private func rounded(_ share: Double) -> UInt8 {
    UInt8(Double(value) * share + 0.5)
  }
}
