import Imaging

/// Images that each have one class, on disk or elsewhere.
public protocol ClassifiedImages: LabelledDataset {
  /// The class of an image, an index into `classNames`.
  func imageClass(of index: Int) -> Int
  /// The name of an image in errors, such as its file.
  func name(of index: Int) -> String
  /// An RGB image, and its size as a share of the original's.
  /// - Parameters:
  ///   - decoding: how files are decoded.
  ///   - shorterSide: the smallest number of pixels that the shorter side must have, if a smaller picture is enough.
  func image(
    _ index: Int, decoding: ImageDecoding, shorterSide: Int
  ) throws -> (image: Image, scale: Double)
}

extension ClassifiedImages {
  /// The class of an image.
  public func label(of index: Int) -> Int? { imageClass(of: index) }

  /// The number of images of each class.
  public var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classNames.count)
    for index in 0..<count { counts[imageClass(of: index)] += 1 }
    return counts
  }

  /// Checks that every class has an image.
  /// - Throws: `DatasetError.labelGap`.
  public func requireEveryClass() throws(DatasetError) {
    let counts = classCounts
    guard let first = counts.firstIndex(of: 0) else { return }
    throw .labelGap(
      path: path, first: first, missing: counts.count { $0 == 0 }, count: counts.count)
  }
}

extension ImageDataset: ClassifiedImages {
  /// The class of an image.
  public func imageClass(of index: Int) -> Int { samples[index].label }
  /// The file.
  public func name(of index: Int) -> String { samples[index].path }

  /// Decodes an image.
  /// - Throws: `ImageError` naming the file.
  public func image(
    _ index: Int, decoding: ImageDecoding, shorterSide: Int
  ) throws -> (image: Image, scale: Double) {
    let file = samples[index].file
    return switch decoding {
    case .exact: (try file.decoded(isUpright: isUpright).image, 1)
    case .scaled: try file.decodeRGB(shorterSide: shorterSide, isUpright: isUpright)
    }
  }
}
