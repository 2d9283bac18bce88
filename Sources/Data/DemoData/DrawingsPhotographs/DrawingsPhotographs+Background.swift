import Datasets

extension DrawingsPhotographs {
  /// The background that shows where a picture is transparent.
  public enum Background: Hashable, Sendable {
    /// One colour for all pictures.
    case color(red: UInt8, green: UInt8, blue: UInt8)

    /// A colour for each picture, drawn by its name: the same in every run.
    case random

    /// White.
    public static let white = Background.color(red: 255, green: 255, blue: 255)

    /// Black.
    public static let black = Background.color(red: 0, green: 0, blue: 0)

    /// The grey halfway between.
    public static let gray = Background.color(red: 128, green: 128, blue: 128)

    private static let named = [("white", white), ("black", black), ("gray", gray)]
  }
}

extension DrawingsPhotographs.Background: LosslessStringConvertible {
  /// Reads `white`, `black`, `gray`, `random` or a colour in six hexadecimal digits, as `#ffd700`.
  public init?(_ description: String) {
    if description == "random" {
      self = .random
    } else if let (_, color) = Self.named.first(where: { $0.0 == description }) {
      self = color
    } else if description.count == 7, description.first == "#",
      description.dropFirst().allSatisfy(\.isHexDigit),
      let digits = UInt32(description.dropFirst(), radix: 16)
    {
      self = Self(digits)
    } else {
      return nil
    }
  }

  /// The text that reads as this background.
  public var description: String {
    guard case .color(let red, let green, let blue) = self else { return "random" }
    if let (name, _) = Self.named.first(where: { $0.1 == self }) { return name }
    let digits = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// Red, green and blue of the background of the picture with a name.
  package func samples(for name: String) -> [UInt8] {
    switch self {
    case .color(let red, let green, let blue): [red, green, blue]
    case .random: Self(UInt32(truncatingIfNeeded: StableHash.fnv1a(name) >> 16)).samples(for: name)
    }
  }

  /// The colour in the lower 24 bits.
  private init(_ bits: UInt32) {
    self = .color(
      red: UInt8(truncatingIfNeeded: bits >> 16), green: UInt8(truncatingIfNeeded: bits >> 8),
      blue: UInt8(truncatingIfNeeded: bits))
  }
}
