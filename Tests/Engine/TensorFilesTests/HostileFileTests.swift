import Foundation
import Testing

import TensorFiles

/// Each in its own process, where a crash is recognised and nothing else uses memory.
@Suite("A hostile file")
struct HostileFileTests {
  @Test("of few bytes gives a typed error or valid tensors, in little memory")
  func smallFiles() async {
    await #expect(processExitsWith: .success) {
      let folder = try ScratchFolder()
      let before = try peakMemory()
      var outcomes = (valid: 0, refused: 0)
      for (seed, name) in [
        "every-type.safetensors", "every-type-zip.pth", "views-zip.pth", "checkpoint-zip.pth",
        "every-type-legacy.pth", "views-legacy.pth", "checkpoint-legacy.pth", "nested-legacy4.pth",
      ].enumerated() {
        let original = try Fixture.bytes(name)
        for file in Mutations(of: original, count: 400, seed: UInt64(seed)) {
          if try isValid(folder.write(file, to: "file")) {
            outcomes.valid += 1
          } else {
            outcomes.refused += 1
          }
        }
      }
      // Neither side is empty, so the mutations do reach the readers and do break the files.
      #expect(outcomes.valid > 100)
      #expect(outcomes.refused > 1000)
      #expect(try peakMemory() - before < 32 << 20)
    }
  }

  @Test("made to grow gives a typed error, in memory bounded by its size and a constant")
  func growingFiles() async {
    await #expect(processExitsWith: .success) {
      let folder = try ScratchFolder()
      let before = try peakMemory()
      let hostile: [HandmadePickle] = [
        HandmadePickle(.repeated(Array("]".utf8), 3_000_000)),
        HandmadePickle(.repeated(Array("(".utf8), 3_000_000)),
        HandmadePickle(.raw(Array("N".utf8)), .repeated(Array("2".utf8), 3_000_000)),
        HandmadePickle(.raw(Array("N".utf8)), .repeated([0x94], 3_000_000)),
        HandmadePickle(.raw(Array(")".utf8)), .repeated([0x85], 3_000_000)),
        // A set copied from a long list, again and again.
        HandmadePickle(
          .raw(Array("](".utf8)), .repeated(Array("N".utf8), 400_000), .raw(Array("e".utf8)),
          .raw([0x85, 0x71, 0]), .global("builtins", "set"), .raw([0x71, 1]),
          .repeated([0x68, 1, 0x68, 0, 0x52], 100_000)),
        // A long list that begins with itself.
        HandmadePickle(
          .raw(Array("}".utf8)), .text("a"), .raw(Array("]".utf8) + [0x71, 0]),
          .raw(Array("(".utf8) + [0x68, 0]), .repeated(Array("N".utf8), 399_000),
          .raw(Array("es.".utf8))),
        // Strings and integers longer than the file.
        HandmadePickle(.raw([0x8D] + [UInt8](repeating: 0xFF, count: 8))),
        HandmadePickle(.raw([0x58, 0xFF, 0xFF, 0xFF, 0x7F])),
        HandmadePickle(.raw([0x8B, 0xFF, 0xFF, 0xFF, 0xFF])),
        HandmadePickle(.raw([0x8A, 0xFF])),
        // Empty and broken stacks, memos and calls.
        HandmadePickle(.raw(Array(".".utf8))), HandmadePickle(.raw(Array("t.".utf8))),
        HandmadePickle(.raw(Array("(0.".utf8))), HandmadePickle(.raw(Array("h\u{5}.".utf8))),
        HandmadePickle(.raw(Array("NQ.".utf8))), HandmadePickle(.raw(Array("NNR.".utf8))),
        HandmadePickle(.raw(Array("}Nb.".utf8) + [0xFE])), HandmadePickle(.raw([0x80, 9])),
        HandmadePickle(.raw(Array("}Ns.".utf8))), HandmadePickle(.raw(Array("}(Nu.".utf8))),
        HandmadePickle(.raw(Array("c".utf8)), .repeated(Array("a".utf8), 10_000)),
      ]
      for pickle in hostile {
        #expect(try !isValid(folder.write(pickle.legacyFile, to: "file")))
      }
      // Headers that promise more than there is.
      for length: UInt64 in [.max, 1 << 63, 1 << 40, 100_000_001] {
        var file = withUnsafeBytes(of: length.littleEndian) { Data($0) }
        file.append(contentsOf: "{}      ".utf8)
        #expect(try !isValid(folder.write(file, to: "file")))
      }
      var nested = withUnsafeBytes(of: UInt64(1_000_000).littleEndian) { Data($0) }
      nested.append(contentsOf: "{\"a\":".utf8)
      nested.append(Data(repeating: UInt8(ascii: "["), count: 1_000_000))
      #expect(try !isValid(folder.write(nested, to: "file")))
      #expect(try peakMemory() - before < 192 << 20)
    }
  }
}

/// Whether the file can be read; anything but a typed error is thrown on.
///
/// Every byte of the result is touched, as a slice past the end of the file would end the process.
private func isValid(_ path: String) throws -> Bool {
  do throws(TensorFileError) {
    var sum: UInt8 = 0
    for entry in try TensorFile.read(path).entries {
      let count = entry.tensor.shape.reduce(1, *) * entry.tensor.elementType.size
      #expect(entry.tensor.bytes.count == count)
      for byte in entry.tensor.bytes { sum &+= byte }
    }
    withExtendedLifetime(sum) {}
    return true
  } catch {
    #expect(error.path == path)
    #expect(!error.expected.isEmpty && !error.found.isEmpty)
    return false
  }
}
