/// How files are decoded of which a smaller picture is wanted.
public enum ImageDecoding: String, Sendable, CaseIterable, Codable {
  /// Byte for byte as Pillow decodes them.
  case exact
  /// JPEGs at a fraction of their size, which is faster; the rest exactly.
  case scaled
}
