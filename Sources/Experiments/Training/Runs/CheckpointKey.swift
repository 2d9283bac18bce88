/// The prefixes and names of a checkpoint, those of the released ones where there are such (ALGORITHM.md §9).
enum CheckpointKey {
  /// f_e, its head and h.
  static let student = "encoder_q."
  /// f_e,o and h̃; of methods without a teacher there is nothing below it.
  static let teacher = "encoder_k."
  /// Whether a key below an encoder belongs to a new head, which no published backbone has.
  static func isOfHead(_ key: String) -> Bool {
    key.hasPrefix("fc_new.") || key.hasPrefix("fc_csg.")
  }

  /// The momentum buffers.
  static let optimizer = "optimizer."

  /// The steps taken, in the metadata.
  static let iteration = "iteration"
  /// The time of the steps, in the metadata.
  static let seconds = "seconds"
  /// The evaluations as JSON, in a tensor of bytes; their number, in the metadata.
  static let evaluations = "evaluations"
  /// The recipe's text, in the metadata.
  static let recipe = "recipe"
  /// The names of the classes as a JSON array, in the metadata.
  static let classes = "classes"
  /// Colours and label values of a segmenter's classes as JSON, in the metadata.
  static let classTable = "class_table"
}
