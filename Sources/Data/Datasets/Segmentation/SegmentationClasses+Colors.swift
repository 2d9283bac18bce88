import Imaging

extension SegmentationClasses {
  /// The indices of a label map's classes, one channel: by its colours where the table says so or the file has no values, else
  /// by its values.
  /// - Parameter inFirstChannel: whether the values are in the first of several channels.
  /// - Throws: `ImageError` for an unreadable file, `DatasetError.unknownLabel` or `.unknownColor` for what the table does not
  ///   name.
  func classMap(contentsOf file: DataFile, inFirstChannel: Bool) throws -> Image {
    let path = file.path
    if readsColors { return try classMap(ofColors: file.decoded().image, path: path) }
    let labels: Image
    do throws(ImageError) {
      labels = try file.decodeIndices(inFirstChannel: inFirstChannel)
    } catch {
      guard case .unsupported = error, acceptsColors, hasDistinctColors,
        let colors = try? file.decoded().image
      else { throw error }
      return try classMap(ofColors: colors, path: path)
    }
    return try classMap(of: labels, path: path)
  }

  /// Whether a colour stands for one class at most.
  private var hasDistinctColors: Bool {
    Self.colorProblem(classes.map(\.color), ignoredColors) == nil
  }

  private func classMap(ofColors picture: Image, path: String) throws -> Image {
    func key(_ color: [UInt8]) -> Int { color.reduce(0) { $0 << 8 | Int($1) } }
    var indices: [Int: UInt8] = [:]
    for color in ignoredColors { indices[key(color)] = Self.ignored }
    for (index, entry) in classes.enumerated() {
      indices[key(entry.color)] = UInt8(truncatingIfNeeded: index)
    }
    // Neighbours mostly have the same colour.
    var last = (color: -1, index: Self.unknown)
    var map: [UInt8] = []
    map.reserveCapacity(picture.width * picture.height)
    for pixel in stride(from: 0, to: picture.pixels.count, by: 3) {
      let color =
        Int(picture.pixels[pixel]) << 16 | Int(picture.pixels[pixel + 1]) << 8
        | Int(picture.pixels[pixel + 2])
      if color != last.color {
        guard let index = indices[color] else {
          let place = pixel / 3
          throw DatasetError.unknownColor(
            path: path, color: Array(picture.pixels[pixel..<pixel + 3]), x: place % picture.width,
            y: place / picture.width)
        }
        last = (color, index)
      }
      map.append(last.index)
    }
    return try Image(width: picture.width, height: picture.height, channels: 1, pixels: map)
  }
}
