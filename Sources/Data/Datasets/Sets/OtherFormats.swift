/// Pictures in formats that are not read. They are counted and named, so that nobody thinks they were used.
struct OtherFormats: Sendable, Equatable {
  /// The formats by the extensions of their files.
  private static let names = [
    "tif": "TIFF", "tiff": "TIFF", "bmp": "BMP", "dib": "BMP", "gif": "GIF", "heic": "HEIC",
    "heif": "HEIC", "avif": "AVIF", "jp2": "JPEG 2000", "jxl": "JPEG XL", "exr": "OpenEXR",
    "tga": "TGA", "ppm": "PPM", "pgm": "PPM", "dng": "DNG",
  ]

  /// The files, by their paths in the set's folder.
  private(set) var files: [String] = []

  /// The files among `names` that are in such a format.
  init(among names: [String], in folder: String = "") {
    add(names, in: folder)
  }

  /// Adds the files among `names` that are in such a format.
  mutating func add(_ names: [String], in folder: String) {
    files += names.filter { Self.format(of: $0) != nil }
      .map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
  }

  private static func format(of name: String) -> String? {
    names[PathText.pathExtension(of: name).lowercased()]
  }

  /// How many there are of each format: `3 TIFF, 1 GIF`.
  var counts: String {
    Dictionary(grouping: files.compactMap(Self.format)) { $0 }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .map { "\($0.value.count) \($0.key)" }.joined(separator: ", ")
  }

  /// What to do with them.
  static let advice = "convert them to PNG or JPEG"

  /// A sentence without its subject; nil where there are none.
  var remark: String? {
    guard let first = files.first else { return nil }
    let noun = files.count == 1 ? "1 picture" : "\(files.count) pictures"
    return "left out \(noun) in formats that are not read (\(counts)), such as \(first); "
      + Self.advice
  }
}
