extension Image {
  /// Turns the hue of every colour, in Pillow's HSV of 8 bits a component; grey stays.
  ///
  /// - Parameter shift: of a whole turn, cut to 255ths.
  func hueShifted(by shift: Double) -> Image {
    guard channels >= 3 else { return self }
    let steps = UInt8(truncatingIfNeeded: Int(shift * 255))
    return map { input, output in
      withConstantChannels { channels in
        var offset = 0
        while offset < input.count {
          var color = HSVColor(
            red: input[offset], green: input[offset &+ 1], blue: input[offset &+ 2])
          color.hue &+= steps
          (output[offset], output[offset &+ 1], output[offset &+ 2]) = color.rgb
          if channels == 4 { output[offset &+ 3] = input[offset &+ 3] }
          offset &+= channels
        }
      }
    }
  }
}

/// Hue, saturation and value in 8 bits each, converted with Pillow's rounding.
struct HSVColor {
  var hue: UInt8
  let saturation: UInt8
  let value: UInt8

  @inline(__always)
  init(red: UInt8, green: UInt8, blue: UInt8) {
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

  var rgb: (UInt8, UInt8, UInt8) {
    @inline(__always)
    get {
      guard saturation > 0 else { return (value, value, value) }
      let sixths = Double(hue) * 6 / 255
      let sector = Int(sixths)
      let fraction = Double(Float(sixths - Double(sector)))
      let strength = Double(Float(Double(saturation) / 255))
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
  }

  /// A share of the value, which is not negative.
  @inline(__always)
  private func rounded(_ share: Double) -> UInt8 {
    UInt8(Double(value) * share + 0.5)
  }
}
