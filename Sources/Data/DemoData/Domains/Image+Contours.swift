import Imaging

extension Image {
  /// The brightness of every pixel of an RGB image, as ITU-R BT.601 weighs its colours.
  private var brightness: [Int] {
    stride(from: 0, to: pixels.count, by: 3).map { place in
      let (red, green, blue) = (pixels[place], pixels[place + 1], pixels[place + 2])
      return (299 * Int(red) + 587 * Int(green) + 114 * Int(blue) + 500) / 1000
    }
  }

  private func gray(_ levels: [Int]) throws(ImageError) -> Image {
    try Image(
      width: width, height: height, channels: 3,
      pixels: levels.flatMap { repeatElement(UInt8(clamping: $0), count: 3) })
  }

  /// An RGB image with three equal channels: its brightness.
  package func withoutColors() throws(ImageError) -> Image { try gray(brightness) }

  /// An RGB image of dark contours on white: 255 less half the sum of the two gradients that Sobel's filters give, |∂x| + |∂y|,
  /// of the brightness; pixels beyond the border are as those on it.
  package func contours() throws(ImageError) -> Image {
    let levels = brightness
    func level(_ x: Int, _ y: Int) -> Int {
      levels[min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)]
    }
    var drawn: [Int] = []
    drawn.reserveCapacity(width * height)
    for y in 0..<height {
      for x in 0..<width {
        func column(_ x: Int) -> Int { level(x, y - 1) + 2 * level(x, y) + level(x, y + 1) }
        func row(_ y: Int) -> Int { level(x - 1, y) + 2 * level(x, y) + level(x + 1, y) }
        let across = column(x + 1) - column(x - 1)
        let down = row(y + 1) - row(y - 1)
        drawn.append(255 - (abs(across) + abs(down)) / 2)
      }
    }
    return try gray(drawn)
  }
}
