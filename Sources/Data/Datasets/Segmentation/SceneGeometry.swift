import Imaging

/// The position of a square crop of a scaled scene; the same for the image, its labels and every view.
struct SceneGeometry: Equatable {
  /// The size to which the scene is scaled.
  let width: Int
  let height: Int
  /// The part of the scaled scene that is kept.
  let rectangle: PixelRectangle
  /// The position of that part on the square: half of what is missing is on either side.
  let x: Int
  let y: Int
  /// Whether left and right change places.
  let isMirrored: Bool

  /// The middle of a scene, unscaled.
  init(middleOf scene: LabelledScene, side: Int) {
    self.init(scene, scale: 1, side: side, isMirrored: false) { $0 / 2 }
  }

  /// A random crop: mirroring, scale, row and column are drawn, in that order.
  init(
    of scene: LabelledScene, side: Int, _ augmentation: SceneAugmentation,
    using generator: inout some RandomNumberGenerator
  ) {
    let isMirrored = augmentation.mirrors && generator.nextBoolean()
    let range = augmentation.scale
    let scale =
      range.lowerBound + generator.nextUnitDouble() * (range.upperBound - range.lowerBound)
    self.init(scene, scale: scale, side: side, isMirrored: isMirrored) { room in
      generator.nextInteger(below: room + 1)
    }
  }

  /// - Parameter choose: picks the first row, then the first column, among the given number of possible ones.
  private init(
    _ scene: LabelledScene, scale: Double, side: Int, isMirrored: Bool, choose: (Int) -> Int
  ) {
    width = max(1, Int((Double(scene.image.width) * scale).rounded()))
    height = max(1, Int((Double(scene.image.height) * scale).rounded()))
    let top = choose(max(0, height - side))
    let left = choose(max(0, width - side))
    rectangle = PixelRectangle(
      x: left, y: top, width: min(side, width), height: min(side, height))
    x = max(0, side - width) / 2
    y = max(0, side - height) / 2
    self.isMirrored = isMirrored
  }
}
