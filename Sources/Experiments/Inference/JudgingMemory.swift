import Foundation
import Runs

/// The memory needed to judge a batch of square images. The recipe in a checkpoint sets their size and number, so that a
/// checkpoint from a stranger could ask for terabytes.
package enum JudgingMemory {
  /// Bytes per pixel of an image, the most that was measured on the CPU: 320 for EfficientNet-Lite0, 190 for ResNets.
  static let bytesPerPixel = 384

  /// Refuses a batch that this machine's memory cannot hold.
  ///
  /// - Parameters:
  ///   - images: the number of images in a batch.
  ///   - side: the side of an image, in pixels.
  ///   - memory: the memory of this machine, in bytes.
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
