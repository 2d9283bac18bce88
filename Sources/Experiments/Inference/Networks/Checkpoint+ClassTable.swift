import Datasets
import Foundation
import Runs

extension Checkpoint {
  /// Colours and label values of a segmenter's classes.
  /// - Parameter path: the checkpoint's file, for errors.
  /// - Throws: `TrainingError.damagedCheckpoint` where it holds no table, or one for other classes.
  func classTable(readFrom path: String) throws -> SegmentationClasses {
    func damaged(_ problem: String) -> TrainingError {
      .damagedCheckpoint(
        path: path, problem: "'\(CheckpointKey.classTable)' in its metadata \(problem)")
    }
    guard let text = taskMetadata[CheckpointKey.classTable] else {
      throw damaged("is missing, expected colours and label values of the classes")
    }
    let table: SegmentationClasses
    do {
      table = try JSONDecoder().decode(SegmentationClasses.self, from: Data(text.utf8))
    } catch DecodingError.dataCorrupted(let context) {
      throw damaged("is no table of classes: \(context.debugDescription)")
    } catch {
      throw damaged("is no table of classes")
    }
    guard table.names == classes else { throw damaged("has other classes than the network") }
    return table
  }
}
