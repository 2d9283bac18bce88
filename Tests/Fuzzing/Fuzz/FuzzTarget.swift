import Datasets
import Foundation
import Imaging
import TensorFiles
import YAML

/// A reader of files that anyone may have made. It may refuse an input by its typed error; a crash, a hang or too much memory
/// is a finding, and so is a result that contradicts itself.
enum FuzzTarget: String, CaseIterable {
  case jpeg, png, webp, pickle, safetensors, yaml, list, tar

  nonisolated(unsafe) static var current = FuzzTarget.jpeg

  /// Small limits, so that thousands of inputs per second are tried and one megabyte too many is noticed.
  private static let limits = DecodingLimits(
    maximumPixelCount: 1 << 14, maximumScanCount: 12, maximumMetadataByteCount: 1 << 20)

  func read(_ bytes: [UInt8]) {
    switch self {
    case .jpeg, .webp: readImage(bytes)
    case .png:
      readImage(bytes)
      for holdsRows in [false, true] {
        if let repaired = RepairedPNG.repaired(bytes, holdsRows: holdsRows) { readImage(repaired) }
      }
    case .pickle, .safetensors: readTensors(bytes)
    case .yaml: readYAML(bytes)
    case .list: readLists(bytes)
    case .tar:
      readShards(bytes)
      readShards(RepairedTar.repaired(bytes))
    }
  }

  private func readImage(_ bytes: [UInt8]) {
    let colors = try? Image.decodeRGB(bytes, limits: Self.limits)
    let transparent = try? Image.decodeRGBA(bytes, limits: Self.limits)
    let indices = try? Image.decodeIndices(bytes, limits: Self.limits)
    let first = try? Image.decodeIndices(bytes, inFirstChannel: true, limits: Self.limits)
    for image in [colors, transparent, indices, first].compactMap(\.self) {
      require(image.pixels.count == image.width * image.height * image.channels, "pixels lack")
      require(image.width * image.height <= Self.limits.maximumPixelCount, "beyond the limit")
    }
    require((colors == nil) == (transparent == nil), "RGB and RGBA do not agree on the file")
    if self == .jpeg, let colors {
      let path = ScratchFile.shared.path(holding: bytes)
      guard
        let scaled = try? Image.decodeRGB(path: path, shorterSide: 5, limits: Self.limits).image
      else { fatalError("not decoded when scaled") }
      require(scaled.width <= colors.width && scaled.height <= colors.height, "scaled up")
    }
  }

  private func readTensors(_ bytes: [UInt8]) {
    guard let dictionary = try? TensorFile.read(ScratchFile.shared.path(holding: bytes)) else {
      return
    }
    var sum: UInt8 = 0
    for entry in dictionary.entries {
      let count = entry.tensor.shape.reduce(1, *) * entry.tensor.elementType.size
      require(entry.tensor.bytes.count == count, "bytes lack")
      for byte in entry.tensor.bytes { sum &+= byte }
    }
    withExtendedLifetime(sum) {}
  }

  private func readYAML(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard var node = try? YAMLNode(parsing: text, source: "fuzz") else { return }
    let value = node.value
    if let written = try? value.text() {
      guard let again = try? YAMLNode(parsing: written, source: "again").value else {
        fatalError("what was written cannot be parsed: \(written)")
      }
      require(Self.isSame(again, value), "what was written reads otherwise: \(written)")
    }
    _ = try? node.joining("method", withSettingsIn: "methods", of: "name")
    if let line = text.split(separator: "\n").last { try? node.set(String(line)) }
    if var mapping = try? YAMLMapping(node) {
      for key in mapping.keys.prefix(8) {
        _ = try? mapping.int(key, in: 0...100)
        _ = try? mapping.double(key, in: 0...1)
        _ = try? mapping.strings(key)
        _ = try? mapping.ints(key, in: 0...255)
      }
      try? mapping.finish()
    }
  }

  /// Equality in which NaN equals itself.
  private static func isSame(_ one: YAMLValue, _ other: YAMLValue) -> Bool {
    one == other || "\(one)" == "\(other)"
  }

  private func readLists(_ bytes: [UInt8]) {
    let path = ScratchFile.shared.path(holding: bytes)
    if let dataset = try? ImageDataset(at: path) {
      require(dataset.classCounts.reduce(0, +) == dataset.count, "classes and images do not agree")
      if dataset.count > 1 {
        let parts = dataset.holdingOut(0.25)
        require(parts.training.count + parts.heldOut.count == dataset.count, "images lost")
      }
    }
    _ = try? SegmentationDataset(at: path)
  }

  private func readShards(_ bytes: [UInt8]) {
    let path = ScratchFile.shared.path(holding: bytes, ending: ".tar")
    if let dataset = try? ImageDataset(at: path) {
      require(dataset.classCounts.reduce(0, +) == dataset.count, "classes and images do not agree")
      for sample in dataset.samples {
        guard let part = sample.file.part else { fatalError("a sample beside the archive") }
        require(
          part.offset >= 512 && part.size >= 0 && part.size <= bytes.count - part.offset,
          "a sample beyond the archive")
        require(!part.name.split(separator: "/").contains(".."), "a name that leads elsewhere")
      }
    }
    _ = try? SegmentationDataset(withGapsAt: path)
  }

  private func require(_ isTrue: Bool, _ problem: String) {
    guard isTrue else { fatalError(problem) }
  }
}
