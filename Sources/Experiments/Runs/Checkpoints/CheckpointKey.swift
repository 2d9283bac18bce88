/// The prefixes and names in a checkpoint, the same as in the released ones where these have them (Algorithm.md §9).
package enum CheckpointKey {
  /// f_e, its head and h.
  package static let student = "encoder_q."
  /// f_e,o and h̃; methods without a teacher store nothing below it.
  package static let teacher = "encoder_k."
  /// Whether a key below an encoder belongs to a new head, which no published backbone has.
  package static func isOfHead(_ key: String) -> Bool {
    key.hasPrefix("fc_new.") || isOfProjection(key)
  }
  /// Whether a key below an encoder belongs to a projection head, which only training needs.
  package static func isOfProjection(_ key: String) -> Bool { key.hasPrefix("fc_csg.") }

  /// The momentum buffers.
  package static let optimizer = "optimizer."
  /// The policy of the rates of layers, and what it needs to go on.
  package static let rates = "rates."
  /// The averaged weights, and what is needed to go on averaging.
  package static let average = "average."

  /// The steps taken, in the metadata.
  package static let iteration = "iteration"
  /// The time of the steps, in the metadata.
  package static let seconds = "seconds"
  /// The evaluations as JSON, in a tensor of bytes; their number, in the metadata.
  package static let evaluations = "evaluations"
  /// What its weights were found to say of every image, JSON lines in a tensor of bytes.
  package static let predictions = "predictions"
  /// The same of the averaged weights, beside those of the last step.
  package static let averagePredictions = "average_predictions"
  /// The tensors of bytes, which are texts.
  static let texts = [evaluations, predictions, averagePredictions]
  /// The recipe's text, in the metadata.
  package static let recipe = "recipe"
  /// What the network is made of and how it judges, as JSON, in the metadata.
  package static let network = "network"
  /// The names of the classes as a JSON array, in the metadata.
  package static let classes = "classes"
  /// The fingerprints of the data sets as JSON, in the metadata.
  package static let data = "data"
  /// Which weights the student has, in the metadata, where they are not those of the last step.
  package static let weights = "weights"
  /// What tells the first weights from others, in the metadata of a file that holds changes of them alone.
  package static let firstWeights = "first_weights"
  /// What is remembered of the steps to notice divergence, as JSON, in the metadata.
  package static let divergence = "divergence"
  /// Colours and label values of a segmenter's classes as JSON, in the metadata.
  package static let classTable = "class_table"
  /// The temperature of its probabilities as JSON, in the metadata.
  package static let calibration = "calibration"
  /// The same of the averaged weights, beside those of the last step.
  package static let averageCalibration = "average_calibration"
}
