extension LabelledDataset {
  /// Only the image; nothing if it is not on disk.
  public func files(of index: Int) -> [DataFile] {
    imagePaths.indices.contains(index) ? [DataFile(path: imagePaths[index])] : []
  }
  /// By default nil: pixels have their own classes.
  public func label(of index: Int) -> Int? { nil }
  /// Labels are numbers of classes.
  public var labelValues: String? { nil }
}

extension ImageDataset {
  /// The image's file.
  public func files(of index: Int) -> [DataFile] { [samples[index].file] }
}

extension SegmentationDataset {
  /// The image and its label map.
  public func files(of index: Int) -> [DataFile] {
    [samples[index].imageFile, samples[index].labelFile]
  }
  /// The values of each class, then those that are ignored; or their colours, where these stand for classes.
  public var labelValues: String? {
    if classes.readsColors {
      return (classes.classes.map(\.color) + classes.ignoredColors)
        .map { $0.map { "\($0)" }.joined(separator: " ") }.joined(separator: ", ")
    }
    return (classes.classes.map(\.values) + [classes.ignoredValues])
      .map { $0.map { "\($0)" }.joined(separator: " ") }.joined(separator: ", ")
  }
}
