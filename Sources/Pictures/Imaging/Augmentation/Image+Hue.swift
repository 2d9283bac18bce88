import CPixels

extension Image {
  /// Turns the hue of every colour, in Pillow's HSV with 8 bits per component; grey stays.
  ///
  /// - Parameter shift: the share of a whole turn, truncated to 255ths.
  func hueShifted(by shift: Double) -> Image {
    guard channels >= 3 else { return self }
    let steps = UInt8(truncatingIfNeeded: Int(shift * 255))
    return map { input, output in
      HueTables.shared.withTables { tables in
        var offset = 0
        if channels == 3, VectorUnit.isUsed {
          offset =
            3
            * cpx_turn_hues(
              tables.forVectorUnit, input.baseAddress, width * height, steps, output.baseAddress)
        }
        withConstantChannels { channels in
          while offset < input.count {
            let color = tables.turned(
              input[offset], input[offset &+ 1], input[offset &+ 2], by: steps)
            output[offset] = UInt8(truncatingIfNeeded: color.red)
            output[offset &+ 1] = UInt8(truncatingIfNeeded: color.green)
            output[offset &+ 2] = UInt8(truncatingIfNeeded: color.blue)
            if channels == 4 { output[offset &+ 3] = input[offset &+ 3] }
            offset &+= channels
          }
        }
      }
    }
  }
}
