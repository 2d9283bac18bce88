import Foundation
import Imaging

/// The pictures and expectations that `make_imaging_fixtures.py` made with Pillow and torchvision.
enum Fixtures {
  struct Expected: Decodable {
    var operations: [Operation]
    var resizes: [Resize]
    var shorterSides: [[Int]]
    var centerCrops: [CenterCrop]
    var composites: [Composite]
    var opaqueBox: [Int]
    var mirrored: Fingerprint
    var normalized: Normalized
    var decoded: [Decoded]
    var styles: [Style]
    var jitter: [Jitter]
    var hueCube: Fingerprint
    var interpolations: [Interpolation]
  }

  struct Jitter: Decodable {
    var source: String
    var change: String
    var amount: Double
    var fingerprint: Fingerprint
  }

  struct Interpolation: Decodable {
    var source: String
    /// The samples of linear interpolation.
    var linear: Data
    var nearest: Fingerprint
    /// The samples that OpenCV makes, in small cases.
    var opencv: Data?
  }

  struct Style: Decodable {
    struct LowFrequencies: Decodable {
      var share: Double
      var fingerprint: Fingerprint
    }

    var source: String
    var style: String
    var colorStatistics: Fingerprint
    var lowFrequencies: [LowFrequencies]
  }

  struct Operation: Decodable {
    var source: String
    var operation: String
    var level: Double
    var fingerprint: Fingerprint
  }

  struct Resize: Decodable {
    var source: String
    var crop: [Int]
    var fingerprint: Fingerprint
  }

  struct CenterCrop: Decodable {
    var cropWidth: Int
    var cropHeight: Int
    var fingerprint: Fingerprint
  }

  struct Composite: Decodable {
    var color: [UInt8]
    var fingerprint: Fingerprint
  }

  struct Normalized: Decodable {
    var pixels: [UInt8]
    var bits: [UInt32]
  }

  struct Decoded: Decodable {
    enum CodingKeys: String, CodingKey {
      case file, indices
      case rgb = "RGB"
      case rgba = "RGBA"
    }
    var file: String
    var rgb: Fingerprint
    var rgba: Fingerprint
    var indices: Fingerprint?
  }

  static let directory = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  static func load() throws -> Expected {
    let data = try Data(contentsOf: directory.appending(path: "expected.json"))
    return try JSONDecoder().decode(Expected.self, from: data)
  }

  static func path(_ file: String) -> String {
    directory.appending(path: "files").appending(path: file).path(percentEncoded: false)
  }

  static func bytes(_ file: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(filePath: path(file))))
  }

  /// A source picture by its name, in the mode the script used it in.
  static func image(_ name: String) throws -> Image {
    switch name {
    case "grey": try Image.decodeIndices(path: path("grey.png"))
    case "translucent": try Image.decodeRGBA(path: path("translucent.png"))
    default: try Image.decodeRGB(path: path("\(name).png"))
    }
  }
}
