import Imaging
import Testing

@Suite struct PNGImageDataTests {
  /// Each row has a byte before its samples.
  private func imageBytes(_ image: Image) -> Int {
    (image.width * image.channels + 1) * image.height
  }

  private func decompressed(_ bytes: [UInt8], _ imageBytes: Int) -> [UInt8]? {
    bytes.withUnsafeBytes { PNGImageData.decompressed($0, byteCount: imageBytes) }
  }

  private func encoded(_ image: Image) throws -> [UInt8] {
    let directory = try TemporaryDirectory()
    try image.writePNG(to: directory.path("image.png"))
    return try directory.read("image.png")
  }

  @Test(arguments: [(1, 1), (3, 2), (210, 104), (640, 300)])
  func isTheSamePicture(_ width: Int, _ height: Int) throws {
    var generator = SplitMix64(state: 40)
    for channels in [1, 3, 4] {
      let image = try Image.random(
        width: width, height: height, channels: channels, using: &generator)
      let bytes = try encoded(image)
      #expect(decompressed(bytes, imageBytes(image))?.count == imageBytes(image))
      if channels == 3 { #expect(try Image.decodeRGB(bytes) == image) }
      if channels == 4 { #expect(try Image.decodeRGBA(bytes) == image) }
      if channels == 1 { #expect(try Image.decodeIndices(bytes) == image) }
    }
  }

  @Test func unusualFilesAreLeftToLibspng() throws {
    var generator = SplitMix64(state: 42)
    let image = try Image.random(width: 20, height: 10, channels: 3, using: &generator)
    let bytes = try encoded(image)
    let size = imageBytes(image)
    #expect(decompressed(bytes, size) != nil)
    #expect(decompressed(bytes, size - 1) == nil)
    #expect(decompressed(bytes, size + 1) == nil)
    #expect(decompressed(bytes, 0) == nil)
    for count in 8..<bytes.count {
      #expect(decompressed(Array(bytes[..<count]), size) == nil, "cut to \(count) bytes")
    }
    for index in 8..<(bytes.count - 12) {
      var damaged = bytes
      damaged[index] ^= 0x10
      #expect(decompressed(damaged, size) == nil, "byte \(index)")
    }
  }
}
