/// A rectangle of whole pixels inside an image; `x` and `y` are its left column and top row.
public struct PixelRectangle: Sendable, Hashable {
  /// Left column.
  public var x: Int

  /// Top row.
  public var y: Int

  /// Columns.
  public var width: Int

  /// Rows.
  public var height: Int

  /// Makes a rectangle.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Whether every pixel lies in an image of the given size, and there is at least one.
  func isInside(width imageWidth: Int, height imageHeight: Int) -> Bool {
    x >= 0 && y >= 0 && width > 0 && height > 0
      && width <= imageWidth && height <= imageHeight
      && x <= imageWidth - width && y <= imageHeight - height
  }
}
