/// How a character's outline is changed before it becomes pixels.
///
/// The outline is stretched, then sheared, then turned, then made bolder; all on the curve itself, so that edges are
/// as crisp as those of an unchanged character.
public struct GlyphShape: Sendable, Equatable {
  /// Where a character stands in its picture, and how large it is.
  public enum Place: Sendable, Equatable {
    /// The font's own size; the left end of the baseline is `x` pixels from the left and `y` pixels from the top.
    case pen(x: Double, y: Double)
    /// The middle of the finished character is `x` pixels from the left and `y` pixels from the top; the longer side of its
    /// box has `extent` pixels.
    case centered(x: Double, y: Double, extent: Double)
  }

  /// The position of the character.
  public var place: Place
  /// The factor of its width.
  public var stretch: Double
  /// How far it leans: pixels to the right for every pixel upwards.
  public var shear: Double
  /// How far it is turned counter-clockwise, in degrees.
  public var rotation: Double
  /// How much wider its strokes are, in pixels; negative for thinner ones.
  public var weight: Double

  /// A shape; by default the font's own.
  public init(
    _ place: Place, stretch: Double = 1, shear: Double = 0, rotation: Double = 0, weight: Double = 0
  ) {
    self.place = place
    self.stretch = stretch
    self.shear = shear
    self.rotation = rotation
    self.weight = weight
  }
}
