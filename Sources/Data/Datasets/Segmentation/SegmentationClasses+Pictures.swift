import Imaging

extension SegmentationClasses {
  /// The indices of a label map's values, one channel.
  /// - Parameter path: what an error calls the map.
  /// - Throws: `DatasetError.unknownLabel` for a value that the table does not name.
  func classMap(of labels: Image, path: String) throws -> Image {
    let indices = labels.mapped(through: table)
    guard !indices.pixels.contains(Self.unknown) else {
      let position = indices.pixels.firstIndex(of: Self.unknown) ?? 0
      throw DatasetError.unknownLabel(
        path: path, value: Int(labels.pixels[position]), x: position % labels.width,
        y: position / labels.width)
    }
    return indices
  }

  /// A label map with the first value of each class, from a map of indices: the form that Cityscapes' evaluation reads.
  public func labelIds(of classMap: Image) -> Image {
    var values = [UInt8](repeating: ignoredValues.last ?? Self.ignored, count: 256)
    for (index, entry) in classes.enumerated() { values[index] = entry.values[0] }
    return classMap.mapped(through: values)
  }

  /// The colours of the classes, three channels, from a map of indices; black where there is no class.
  public func colors(of classMap: Image) throws -> Image {
    var pixels = [UInt8]()
    pixels.reserveCapacity(classMap.pixels.count * 3)
    let palette = classes.map(\.color)
    for index in classMap.pixels {
      pixels += palette.indices.contains(Int(index)) ? palette[Int(index)] : [0, 0, 0]
    }
    return try Image(
      width: classMap.width, height: classMap.height, channels: 3, pixels: pixels)
  }
}

extension SegmentationDataset {
  /// A label map with the set's own values, from a map of the indices of `classNames`.
  public func labelIds(of classMap: Image) -> Image {
    guard let alignment else { return classes.labelIds(of: classMap) }
    // Back to the set's own classes; several that a network takes for one are the first of them.
    var own = [UInt8](repeating: SegmentationClasses.ignored, count: 256)
    for index in classes.classes.indices.reversed()
    where alignment.indices[index] != SegmentationClasses.ignored {
      own[Int(alignment.indices[index])] = UInt8(truncatingIfNeeded: index)
    }
    return classes.labelIds(of: classMap.mapped(through: own))
  }
}
