import Foundation

/// A format that can be read, recognised by the first bytes of the file.
enum InputFormat {
  case safetensors, torchArchive, torchLegacy

  init(of file: SourceFile) throws(TensorFileError) {
    let start = [UInt8](file.bytes.prefix(16))
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .torchArchive
    } else if start.count > 8, start[8] == UInt8(ascii: "{") {
      // Asked before the pickle: a header's length may begin with the pickle's mark 0x80, but a
      // legacy file's ninth byte is always one of PyTorch's magic number.
      self = .safetensors
    } else if start.count > 1, start[0] == 0x80, (2...5).contains(start[1]) {
      self = .torchLegacy
    } else {
      let printable = start.map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: ".") }
      let text = String(decoding: printable, as: UTF8.self)
      throw file.error(
        .unknownFormat, at: "",
        expected: "a safetensors file or a PyTorch checkpoint (zip or legacy)",
        found: start.isEmpty ? "an empty file" : "a file that starts with '\(text)'")
    }
  }
}
