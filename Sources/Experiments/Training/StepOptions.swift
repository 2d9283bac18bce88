import Backbones
import Datasets

/// How the steps of a run are taken, where it changes none of their results but for rounding.
public struct StepOptions: Sendable, Equatable {
  /// The arithmetic of the passes without gradients: the teacher's, and the student's for the attention of the key view; nil
  /// for the student's own.
  public var frozenPrecision: Precision?
  /// Whether the metrics name the samples of each batch.
  public var logsIndices = false
  /// Whether a CUDA device records the passes of a step and replays them, where they are the same in each.
  public var recordsSteps = false
  /// The threads that read images.
  public var workers = 2
  /// What an unreadable image does.
  public var onError = BatchLoader.ErrorPolicy.stop

  /// Whether the bytes of the data are remembered beside names and sizes, to be recognised when the run goes on; all of them
  /// are read at the start.
  public var remembersBytes = false

  /// The usual way.
  public init() {}
}
