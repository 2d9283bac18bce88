/// How files are decoded if only a smaller picture is needed.
public enum ImageDecoding: String, Sendable, CaseIterable, Codable {
  /// Byte for byte as Pillow decodes them.
  case exact
  /// JPEGs at a fraction of their size, which is faster; the rest exactly.
  case scaled
}
