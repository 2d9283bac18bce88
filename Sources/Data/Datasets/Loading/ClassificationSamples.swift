import Imaging

/// The images of a data set, prepared for training or evaluation (Algorithm.md §5).
public struct ClassificationSamples: SampleSource {
  /// What is done to an image before it is normalised.
  public enum Preparation: Sendable, Equatable {
    /// RandAugment, resize, random crop: two independent views.
    case augmented(RandAugment, seed: UInt64)
    /// Resize and centre crop: one view.
    case plain
  }

  private let dataset: any ClassifiedImages
  private let start: Int
  private let preparation: Preparation
  private let decoding: ImageDecoding
  private let size: Int
  private let normalization: ChannelNormalization
  private let styles: StyledViews?

  /// The sizes of one sample.
  public let layout: SampleLayout

  /// The samples of `dataset`.
  /// - Parameters:
  ///   - start: the number of the first sample among those of all domains: randomness and styles go by these numbers.
  ///   - decoding: how files are decoded.
  ///   - size: the side of the square views, in pixels.
  ///   - needsKeyView: whether a second view is needed, if views differ.
  ///   - normalization: the normalisation of the RGB channels.
  ///   - styles: the versions of the query view in other styles, cropped and augmented in the same way.
  public init(
    _ dataset: any ClassifiedImages, numberedFrom start: Int = 0, preparation: Preparation,
    decoding: ImageDecoding = .exact, size: Int, needsKeyView: Bool,
    normalization: ChannelNormalization, styles: StyledViews? = nil
  ) {
    self.dataset = dataset
    self.start = start
    self.preparation = preparation
    self.decoding = decoding
    self.size = size
    self.normalization = normalization
    self.styles = styles
    layout = SampleLayout(
      viewShape: [3, size, size], hasKeyView: needsKeyView && preparation != .plain,
      styledViewCount: styles?.count ?? 0)
  }

  /// The number of images.
  public var count: Int { dataset.count }

  /// Decodes, prepares and normalises an image.
  /// - Throws: `ImageError` or `DatasetError` naming the file.
  public func write(_ index: Int, epoch: Int, into slot: SampleSlot) throws {
    try namingPicture(dataset.name(of: index)) {
      try writeViews(index, epoch: epoch, into: slot)
    }
  }

  private func writeViews(_ index: Int, epoch: Int, into slot: SampleSlot) throws {
    let (image, scale) = try dataset.image(index, decoding: decoding, shorterSide: size)
    slot.labels[0] = Int64(dataset.imageClass(of: index))
    func view(of image: Image, drawnFor purpose: RandomPurpose) throws -> Image {
      try self.view(of: image, scale: scale, drawnFor: purpose)
    }
    let number = start + index
    let query = RandomPurpose.queryView(sample: number, epoch: epoch)
    try normalization.write(view(of: image, drawnFor: query), into: slot.query)
    for (place, target) in slot.styled.enumerated() {
      let version =
        try styles?.version(
          place, of: image, isUpright: dataset.isUpright, sample: number, epoch: epoch) ?? image
      try normalization.write(view(of: version, drawnFor: query), into: target)
    }
    if let key = slot.key {
      try normalization.write(
        view(of: image, drawnFor: .keyView(sample: number, epoch: epoch)), into: key)
    }
  }

  /// The middle square of an image whose shorter side was resized to `size` pixels: the view for evaluation.
  public static func plainView(of image: Image, size: Int) throws -> Image {
    try image.resized(shorterSide: size).centerCropped(width: size, height: size)
  }

  private func view(
    of image: Image, scale: Double, drawnFor purpose: RandomPurpose
  ) throws -> Image {
    switch preparation {
    case .plain:
      return try Self.plainView(of: image, size: size)
    case .augmented(let randAugment, let seed):
      var generator = AddressedGenerator(seed: seed, for: purpose)
      return try randAugment(image, scale: scale, using: &generator)
        .resizedAndRandomlyCropped(side: size, using: &generator)
    }
  }
}
