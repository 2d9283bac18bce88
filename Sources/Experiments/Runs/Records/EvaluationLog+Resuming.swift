extension EvaluationLog {
  /// The evaluations that were made before a checkpoint was written.
  ///
  /// Checkpoints of earlier versions do not hold them; then they are read from the run folder that the checkpoint lies in.
  /// Only the newest may be missing there, because it can be made again.
  /// - Parameters:
  ///   - rule: the rule by which the best checkpoint is chosen.
  ///   - isDue: whether an evaluation was due after a given number of steps.
  ///   - warn: is told what is damaged.
  /// - Throws: `TrainingError.evaluationMissing`.
  package init(
    of checkpoint: Checkpoint, at path: String, in folder: RunFolder, rule: SelectionRule,
    isDue: (Int) -> Bool, warn: (String) -> Void
  ) throws {
    let isView = checkpoint.evaluations != nil
    let file = (isView ? folder : RunFolder(ofCheckpoint: path) ?? folder).evaluations
    let found = JSONLines<EvaluationRecord>(contentsOf: file)
    if let damage = found.damage { warn("\(damage); the file is written anew") }
    if let records = checkpoint.evaluations {
      self.init(records)
      return
    }
    var records: [EvaluationRecord] = []
    for record in found.lines.map(\.value) where record.iteration <= checkpoint.iteration {
      // A run that was killed and continued may have written a line twice.
      records.removeAll { $0.iteration == record.iteration && $0.dataset == record.dataset }
      records.append(record)
    }
    self.init(records)
    let sets = Set(records.map(\.dataset))
    func isMissing(_ iteration: Int) -> Bool {
      records.isEmpty || Set(self.records(at: iteration).map(\.dataset)) != sets
    }
    let missing = (0..<checkpoint.iteration).dropFirst().first { isDue($0) && isMissing($0) }
    if rule != .last, let missing {
      throw TrainingError.evaluationMissing(path: file, iteration: missing)
    }
    if isMissing(checkpoint.iteration) { removeAll(at: checkpoint.iteration) }
  }
}
