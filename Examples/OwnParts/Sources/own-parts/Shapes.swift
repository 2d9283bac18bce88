import Datasets
import Imaging

/// Discs and squares, drawn where they are needed: data that no disk has.
enum Shapes {
  static let classes = ["disc", "square"]
  static let side = 32

  /// So many shapes of each class; `noise` is what tells the domain that is trained on from the one that is judged.
  static func images(_ name: String, ofEach count: Int, noise: Int) throws -> InMemoryImages {
    var generator = AddressedGenerator(seed: UInt64(noise), for: .sampleOrder(epoch: 0))
    var samples: [(image: Image, label: Int)] = []
    for label in classes.indices {
      for _ in 0..<count {
        samples.append((try shape(label, noise: noise, using: &generator), label))
      }
    }
    return try InMemoryImages(name, classes: classes, samples: samples)
  }

  private static func shape(
    _ label: Int, noise: Int, using generator: inout some RandomNumberGenerator
  ) throws -> Image {
    let (x, y) = (
      Int.random(in: 10...22, using: &generator), Int.random(in: 10...22, using: &generator)
    )
    let radius = Int.random(in: 5...9, using: &generator)
    var pixels: [UInt8] = []
    for row in 0..<side {
      for column in 0..<side {
        let (dx, dy) = (column - x, row - y)
        let isInside =
          label == 0 ? dx * dx + dy * dy <= radius * radius : max(abs(dx), abs(dy)) <= radius
        for channel in 0..<3 {
          let level =
            (isInside ? 200 - 20 * channel : 40) + Int.random(in: -noise...noise, using: &generator)
          pixels.append(UInt8(min(max(level, 0), 255)))
        }
      }
    }
    return try Image(width: side, height: side, channels: 3, pixels: pixels)
  }
}
