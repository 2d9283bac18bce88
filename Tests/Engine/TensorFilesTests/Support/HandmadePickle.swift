import Foundation

/// Bytes of a pickle written by hand, for what PyTorch would never write.
struct HandmadePickle {
  private(set) var bytes = Data([0x80, 2])

  init(_ parts: HandmadePickle.Part...) { parts.forEach { add($0) } }

  init(parts: [Part]) { parts.forEach { add($0) } }

  enum Part {
    case raw([UInt8])
    case text(String)
    case integer(Int)
    case global(String, String)
    case repeated([UInt8], Int)
  }

  private mutating func add(_ part: Part) {
    switch part {
    case .raw(let raw): bytes.append(contentsOf: raw)
    case .text(let text):
      bytes.append(UInt8(ascii: "X"))
      append(UInt32(text.utf8.count))
      bytes.append(contentsOf: text.utf8)
    case .integer(let integer):
      bytes.append(contentsOf: [0x8A, 8])
      append(Int64(integer))
    case .global(let module, let name): bytes.append(contentsOf: "c\(module)\n\(name)\n".utf8)
    case .repeated(let raw, let count):
      bytes.append(Data((0..<count).flatMap { _ in raw }))
    }
  }

  private mutating func append<Integer: FixedWidthInteger>(_ value: Integer) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// The pickle as the content of a legacy file, with a storage '0' of six floats where it uses one.
  var legacyFile: Data {
    var file = Data([0x80, 2, 0x8A, 10])
    file.append(contentsOf: [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E])
    file.append(contentsOf: [0x80, 2, 0x4D, 0xE9, 0x03, 0x2E])
    file.append(contentsOf: [0x80, 2, 0x7D, 0x2E])
    file.append(bytes)
    guard bytes.firstRange(of: Data("FloatStorage".utf8)) != nil else {
      file.append(HandmadePickle(.raw(Array("].".utf8))).bytes)
      return file
    }
    file.append(HandmadePickle(.raw(Array("]".utf8)), .text("0"), .raw(Array("a.".utf8))).bytes)
    file.append(contentsOf: [6, 0, 0, 0, 0, 0, 0, 0])
    file.append(Data(count: 24))
    return file
  }

  /// A dictionary with one tensor 'w' on the storage '0' of `count` floats.
  /// - Parameter isNegative: whether its metadata say that all numbers change their sign when it is read.
  static func tensor(
    count: Int = 6, offset: Int = 0, shape: [Int], strides: [Int], copies: Int = 1,
    isNegative: Bool = false
  ) -> HandmadePickle {
    var parts: [Part] = [.raw(Array("}(".utf8))]
    for copy in 0..<copies {
      parts += [.text("w\(copy)"), .global("torch._utils", "_rebuild_tensor_v2")]
      parts += [.raw(Array("((".utf8)), .text("storage"), .global("torch", "FloatStorage")]
      parts += [.text("0"), .text("cpu"), .integer(count), .raw(Array("NtQ".utf8))]
      parts += [.integer(offset), .raw(Array("(".utf8))] + shape.map(Part.integer)
      parts += [.raw(Array("t(".utf8))] + strides.map(Part.integer)
      parts += [.raw(Array("t".utf8) + [0x89] + Array("}".utf8))]
      if isNegative {
        parts += [.raw(Array("}".utf8)), .text("neg"), .raw([0x88] + Array("s".utf8))]
      }
      parts += [.raw(Array("tR".utf8))]
    }
    return HandmadePickle(parts: parts + [.raw(Array("u.".utf8))])
  }
}
