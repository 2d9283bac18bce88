import Foundation
import Runs

/// The memory that judging a batch of square images takes, whose size and number the recipe in a checkpoint asks for: anyone's
/// checkpoint can ask for terabytes.
package enum JudgingMemory {
  /// Bytes for a pixel of an image, the most that was measured on the CPU: 320 of EfficientNet-Lite0, 190 of ResNets.
  static let bytesPerPixel = 384

  /// Refuses a batch that this machine's memory cannot hold.
  ///
  /// - Parameters:
  ///   - images: of a batch.
  ///   - side: of an image, in pixels.
  ///   - memory: of this machine, in bytes.
  /// - Throws: `TrainingError.tooMuchMemory`.
  package static func require(
    images: Int, side: Int, of memory: UInt64 = ProcessInfo.processInfo.physicalMemory
  ) throws(TrainingError) {
    let bytes = Double(images) * Double(side) * Double(side) * Double(bytesPerPixel)
    guard bytes <= Double(memory) else {
      throw .tooMuchMemory(
        images: images, side: side, needed: Int(min(bytes / 1e9, 1e15).rounded(.up)),
        available: Int(Double(memory) / 1e9))
    }
  }
}
