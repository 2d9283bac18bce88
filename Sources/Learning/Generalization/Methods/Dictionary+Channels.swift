import Backbones

extension [Stage: Int] {
  /// The channels of a stage's map.
  /// - Throws: `MethodError.noStage` for a stage that the backbone has not.
  func count(of stage: Stage) throws(MethodError) -> Int {
    guard let count = self[stage] else { throw .noStage(stage, known: keys.sorted()) }
    return count
  }
}
