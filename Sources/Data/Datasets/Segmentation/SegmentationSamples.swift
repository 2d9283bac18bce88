import Imaging

/// The scenes of a data set, prepared for training: square crops of image and labels together (Algorithm.md §5).
public struct SegmentationSamples: SampleSource {
  /// What is done to a scene before it is normalised.
  public enum Preparation: Sendable, Equatable {
    /// Mirror, scale and random crop; the key view is the same crop with other colours.
    case augmented(SceneAugmentation, seed: UInt64)
    /// The middle of the scene; one view.
    case plain
  }

  private let dataset: SegmentationDataset
  private let start: Int
  private let preparation: Preparation
  private let size: Int
  private let normalization: ChannelNormalization
  private let styles: StyledViews?

  /// The sizes of one sample.
  public let layout: SampleLayout

  /// The samples of `dataset`.
  /// - Parameters:
  ///   - start: the number of the first sample among those of all domains: randomness and styles go by these numbers.
  ///   - size: the side of the square crops, in pixels.
  ///   - needsKeyView: whether a second view is needed, if views differ.
  ///   - normalization: the normalisation of the RGB channels.
  ///   - styles: the versions of the query view in other styles, with the same crop.
  public init(
    _ dataset: SegmentationDataset, numberedFrom start: Int = 0, preparation: Preparation,
    size: Int, needsKeyView: Bool, normalization: ChannelNormalization, styles: StyledViews? = nil
  ) {
    self.dataset = dataset
    self.start = start
    self.preparation = preparation
    self.size = size
    self.normalization = normalization
    self.styles = styles
    layout = SampleLayout(
      viewShape: [3, size, size], hasKeyView: needsKeyView && preparation != .plain,
      styledViewCount: styles?.count ?? 0, labelShape: [size, size])
  }

  /// The number of scenes.
  public var count: Int { dataset.count }

  /// Decodes a scene, crops its views and labels, and normalises the views.
  /// - Throws: `ImageError` or `DatasetError` naming the file.
  public func write(_ index: Int, epoch: Int, into slot: SampleSlot) throws {
    try namingPicture(dataset.samples[index].image) {
      try writeViews(index, epoch: epoch, into: slot)
    }
  }

  private func writeViews(_ index: Int, epoch: Int, into slot: SampleSlot) throws {
    let scene = try dataset.read(index)
    let number = start + index
    let geometry = geometry(of: scene, number, epoch: epoch)
    if let key = slot.key, case .augmented(let augmentation, let seed) = preparation {
      var colors = AddressedGenerator(
        seed: seed, for: .keyView(sample: number, epoch: epoch))
      // Contrast depends on the mean of the whole scaled image, so the whole image must be there.
      let whole = try scene.image.interpolated(width: geometry.width, height: geometry.height)
      try write(whole.cropped(to: geometry.rectangle), geometry, into: slot.query)
      let jittered = try ColorJitter(strength: augmentation.jitter)(
        whole, keeping: geometry.rectangle, using: &colors)
      try write(jittered, geometry, into: key)
    } else {
      try write(crop(of: scene.image, geometry), geometry, into: slot.query)
    }
    for (place, target) in slot.styled.enumerated() {
      let version =
        try styles?.version(
          place, of: scene.image, isUpright: dataset.isUpright, sample: number, epoch: epoch)
        ?? scene.image
      try write(crop(of: version, geometry), geometry, into: target)
    }
    let labels = try scene.classMap.nearest(
      width: geometry.width, height: geometry.height, keeping: geometry.rectangle)
    write(labels: geometry.isMirrored ? labels.mirrored() : labels, geometry, into: slot.labels)
  }

  private func geometry(of scene: LabelledScene, _ number: Int, epoch: Int) -> SceneGeometry {
    switch preparation {
    case .plain: return SceneGeometry(middleOf: scene, side: size)
    case .augmented(let augmentation, let seed):
      var generator = AddressedGenerator(
        seed: seed, for: .queryView(sample: number, epoch: epoch))
      return SceneGeometry(of: scene, side: size, augmentation, using: &generator)
    }
  }

  private func crop(of image: Image, _ geometry: SceneGeometry) throws -> Image {
    try image.interpolated(
      width: geometry.width, height: geometry.height, keeping: geometry.rectangle)
  }

  private func write(
    _ crop: Image, _ geometry: SceneGeometry, into view: UnsafeMutableBufferPointer<Float>
  ) throws {
    try normalization.write(
      geometry.isMirrored ? crop.mirrored() : crop, x: geometry.x, y: geometry.y, into: view,
      width: size, height: size)
  }

  private func write(
    labels: Image, _ geometry: SceneGeometry, into target: UnsafeMutableBufferPointer<Int64>
  ) {
    target.update(repeating: Int64(SegmentationClasses.ignored))
    labels.pixels.withUnsafeBufferPointer { pixels in
      for row in 0..<labels.height {
        let start = (geometry.y + row) * size + geometry.x
        for column in 0..<labels.width {
          target[start &+ column] = Int64(pixels[row &* labels.width &+ column])
        }
      }
    }
  }
}
